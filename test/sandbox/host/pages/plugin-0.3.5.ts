import * as sdk from "js-sdk-0.3.5";

/** The smallest plugin: the unmodified SDK, within reach of the test. */
Object.assign(window, { sdk });
