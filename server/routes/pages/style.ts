/** The one style sheet of the pages: phone first, nothing loaded. */
export const style = `
:root{color-scheme:light dark;--ink:#1f2329;--soft:#646a73;--line:#dee0e3;--main:#245bdb;--ground:#f5f6f7;--card:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#a6acb5;--line:#3c4048;--main:#7ea6ff;--ground:#17181b;--card:#222428}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.65 system-ui,-apple-system,"PingFang SC","Microsoft YaHei",sans-serif}
header,main,footer{max-width:40rem;margin:0 auto;padding:.75rem 1rem}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem}
header a{font-weight:600;text-decoration:none;color:var(--ink)}
h1{font-size:1.4rem;line-height:1.35;margin:.25rem 0 .75rem;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:0 0 .5rem}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem;margin:0 0 1rem}
a{color:var(--main)}
p{margin:.25rem 0 .5rem;overflow-wrap:anywhere}
ul{padding-left:1.2rem;margin:.25rem 0}
li{margin:.35rem 0;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
small,.soft{color:var(--soft)}
.code{font-size:2rem;font-weight:600;letter-spacing:.12em;font-variant-numeric:tabular-nums}
form{margin:.5rem 0}
label{display:block;margin:.4rem 0}
fieldset{border:0;padding:0;margin:.25rem 0}
legend{padding:0;font-weight:600}
input[type=text],input[type=url],input[type=file],textarea{width:100%;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:6px;padding:.5rem}
button,.button{display:inline-block;font:inherit;min-height:44px;padding:.5rem 1rem;border-radius:8px;border:1px solid var(--line);background:transparent;color:inherit;cursor:pointer;text-decoration:none}
.main{background:#245bdb;border-color:#245bdb;color:#fff}
.acts{display:flex;flex-wrap:wrap;gap:.5rem}.acts form{margin:0}
summary{cursor:pointer;min-height:32px;padding:.25rem 0;color:var(--main)}
.plain,.links{list-style:none;padding:0}.plain>li{border-bottom:1px solid var(--line);padding:.5rem 0}.plain>li:last-child{border-bottom:0}
.links{display:flex;flex-wrap:wrap;gap:.25rem 1rem}.links a{display:inline-block;padding:.35rem 0}
.row{display:flex;justify-content:space-between;gap:1rem}.row span{overflow-wrap:anywhere;min-width:0}.row strong{white-space:nowrap}
.chosen{display:inline-flex;align-items:center;min-height:44px;padding:.5rem 1rem;border-radius:8px;border:1px solid var(--main)}
.room{text-align:center}.room svg{display:block;width:min(100%,24rem);height:auto;margin:.5rem auto;background:#fff}
select,input[type=number]{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:.5rem;max-width:100%;min-height:44px}
table{width:100%;border-collapse:collapse}td,th{text-align:left;padding:.35rem .5rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td:last-child,th:last-child{text-align:right;white-space:nowrap}
:focus-visible{outline:3px solid var(--main);outline-offset:2px}
`;

/** The icon in the browser's tab: a lectern. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M6 8h20l-2.5 8h-15z" fill="#245bdb"/><path d="M14 16h4v8h-4zM9 24h14v3H9z" fill="#7ea6ff"/></svg>`;
