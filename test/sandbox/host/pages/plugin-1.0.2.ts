import * as sdk from "@lark-base-open/js-sdk";

/** The smallest plugin: the unmodified SDK, within reach of the test. */
Object.assign(window, { sdk });
