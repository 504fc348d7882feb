export interface WikiNode {
  nodeToken: string;
  objToken: string;
  objType: string;
  title: string;
  spaceId?: string;
}

/** A Base inside a wiki has a node token in its link; this gives its app_token. */
export interface Wiki {
  getNode(token: string): Promise<WikiNode>;
}
