/** Whether a page stands around this one; the Base client does. */
export const isFramed = (): boolean => window.parent !== window;
