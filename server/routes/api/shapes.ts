import { z } from "zod";

/** The caller's name for one act of a person: asked again with it after a dropped connection, nothing is done twice. */
export const act = z.string().regex(/^[\w-]{8,64}$/);
