export interface Person {
  openId: string;
  unionId?: string;
  userId?: string;
  name: string;
  enName?: string;
  email?: string;
  departmentIds: string[];
  leaderOpenId?: string;
  jobTitle?: string;
  employeeNo?: string;
  avatarUrl?: string;
  /** Absent where the field scope is missing. */
  status?: {
    isFrozen: boolean;
    isResigned: boolean;
    isActivated: boolean;
    isExited: boolean;
    isUnjoin: boolean;
  };
}

export interface Department {
  openDepartmentId: string;
  departmentId?: string;
  name: string;
  parentDepartmentId?: string;
  leaderOpenId?: string;
  memberCount?: number;
}

/** People and departments inside the app's contact range. */
export interface Contact {
  user(openId: string): Promise<Person>;
  /** Any number, 50 a request. People Feishu does not return are absent from the list. */
  users(openIds: readonly string[]): Promise<Person[]>;
  /** open_id by e-mail or mobile; unknown entries map to null. */
  batchGetId(query: {
    emails?: readonly string[];
    mobiles?: readonly string[];
  }): Promise<{ emails: Map<string, string | null>; mobiles: Map<string, string | null> }>;
  /** Root is `0`. */
  children(departmentId: string, options?: { deep?: boolean }): Promise<Department[]>;
  usersOf(departmentId: string): Promise<Person[]>;
}
