import "@douyinfe/semi-ui/lib/es/_base/base.css";

/** Semi's button by its own path: through the package's front door every component's styles would come with it. */
export { default as Button } from "@douyinfe/semi-ui/lib/es/button";
