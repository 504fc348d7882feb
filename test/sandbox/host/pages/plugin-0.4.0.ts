import * as sdk from "js-sdk-0.4.0";

/** The smallest plugin: the unmodified SDK, within reach of the test. */
Object.assign(window, { sdk });
