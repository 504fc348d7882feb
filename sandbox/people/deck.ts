import { createRequire } from "node:module";
import type PptxGenJS from "pptxgenjs";

// The package's ESM entry has no default export under Node 20, its CommonJS one has.
const Pptx = createRequire(import.meta.url)("pptxgenjs") as typeof PptxGenJS;

/** A lecturer's slides: a real PPTX of four pages about the topic. */
export async function deck(title: string, topic: string, lecturer: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = new Pptx();
  file.title = title;
  file.author = lecturer;
  const page = (heading: string, lines: string[]) => {
    const slide = file.addSlide();
    slide.addText(heading, { x: 0.5, y: 0.4, w: 9, h: 0.8, fontSize: 28, bold: true });
    slide.addText(
      lines.map((text) => ({ text, options: { bullet: true, breakLine: true } })),
      { x: 0.6, y: 1.4, w: 8.8, h: 3.6, fontSize: 18 },
    );
  };
  page(title, [`${lecturer} · ${topic}`, "四十五分钟,最后十分钟提问"]);
  page("问题", [`大家最近在问:${topic}`, "目前怎么处理,卡在哪一步"]);
  page("案例", ["一个做好的,一个没做好的", "差别在哪一步"]);
  page("解决方案", ["第一步:先确认事实", "第二步:给出两个选择", "第三步:约好下一次联系"]);
  return new Uint8Array((await file.write({ outputType: "arraybuffer" })) as ArrayBuffer);
}
