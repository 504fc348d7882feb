/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Address of the Lectern server, for a build that is hosted elsewhere; without it the page's own origin. */
  readonly VITE_LECTERN_SERVER?: string;
}
