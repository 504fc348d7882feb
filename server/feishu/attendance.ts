export interface Leave {
  openId: string;
  approvalId: string;
  /** As Feishu gives them: `yyyy-MM-dd HH:mm:ss` in `timeZone`. */
  start: string;
  end: string;
  timeZone?: string;
  name: string;
  reason?: string;
}

/** Approved absences from the attendance app. */
export interface Attendance {
  /**
   * Leaves and business trips of any number of people between two days (yyyyMMdd). `from` at most tomorrow and `to` at most
   * 30 days after it (decisions.md 14).
   */
  approvals(openIds: readonly string[], from: number, to: number): Promise<Leave[]>;
}
