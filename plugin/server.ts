/** Address of the Lectern server: given to builds that are hosted elsewhere, else the page's own origin. */
export const SERVER = (import.meta.env.VITE_LECTERN_SERVER ?? location.origin).replace(/\/$/, "");
