import { Hono } from "hono";
import { html } from "hono/html";

export interface HomeOptions {
  /** The local Feishu, when that is what this server talks to. */
  sandbox: string | null;
  /** How many workspaces are bound. */
  workspaces: () => Promise<number>;
}

/** `/`: says where things are. Whoever finds the address may read it, so it names nobody and no company. */
export function homeRoutes({ sandbox, workspaces }: HomeOptions) {
  return new Hono().get("/", async (c) => c.html(page(sandbox, await workspaces())));
}

const page = (sandbox: string | null, bound: number) =>
  html`<!doctype html>
    <html lang="zh">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>讲台 Lectern</title>
        <style>
          body {
            font:
              16px/1.7 system-ui,
              sans-serif;
            max-width: 42rem;
            margin: 3rem auto;
            padding: 0 1rem;
            color: #1f2329;
          }
          small {
            color: #646a73;
            display: block;
          }
          code {
            background: #f2f3f5;
            padding: 0 0.3em;
            border-radius: 4px;
          }
          li {
            margin: 0.6rem 0;
          }
        </style>
      </head>
      <body>
        <h1>讲台</h1>
        <p>
          服务正在运行。讲师和学员不用来这里:邀请、提醒、评分都在飞书的卡片里,数据在多维表格「讲台」里。
          <small
            >Lectern is up. Lecturers and learners need not come here: invitations, reminders and ratings are
            cards in Feishu, the data is in the Base 「讲台」.</small
          >
        </p>
        <ul>
          <li>
            ${bound > 0 ? `已绑定 ${bound} 个工作区` : "还没有绑定多维表格。下一步:"}
            ${bound > 0 ? "" : html`<code>lectern provision --base … --admin-base …</code>`}
            <small
              >${bound > 0 ? `${bound} workspace(s) bound` : "No Base is bound yet; the command above makes the tables."}</small
            >
          </li>
          <li>
            检查各项设置:<code>lectern doctor</code>
            <small>Looks at everything that must be in place; each failure says the next step.</small>
          </li>
          <li>
            <a href="/health">/health</a> 健康检查
            <small>For load balancers: 200 when the server can work.</small>
          </li>
          ${
            sandbox
              ? html`<li>
                  <a href="${sandbox}/sandbox/workspace">${sandbox}/sandbox/workspace</a>
                  本地飞书:以任何人的身份看卡片、改表格、用插件,让时间往前走
                  <small
                    >The local Feishu this server talks to: read cards, edit the Base and use the plugin as
                    anybody, let time pass. Its levers: <a href="${sandbox}/sandbox">/sandbox</a>.</small
                  >
                </li>`
              : ""
          }
        </ul>
      </body>
    </html>`;
