/// The console's one style sheet: light and dark, Chinese type first.
enum StyleSheet {
    static let text = """
        :root{--bg:#f5f7f6;--card:#fff;--ink:#1c2b27;--soft:#61756e;--line:#dfe6e3;--brand:#0f6b52;--brand-soft:#e3f1ec;--t1:#2a8f72;--t2:#4f8fc0;--t3:#d9a033;--t4:#cf5d3f;--t5:#8c4fa8;--t0:#9fb0aa}
        @media(prefers-color-scheme:dark){:root{--bg:#121816;--card:#1b2421;--ink:#e4ece9;--soft:#93a69f;--line:#2d3a35;--brand:#58c4a0;--brand-soft:#20332c;--t1:#3fae8c;--t2:#5f9fd0;--t3:#e0b050;--t4:#e0765a;--t5:#a873c4;--t0:#5b6b65}}
        *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
        a{color:var(--brand);text-decoration:none}a:hover{text-decoration:underline}
        .side{position:fixed;inset:0 auto 0 0;width:212px;background:var(--card);border-right:1px solid var(--line);padding:22px 14px;display:flex;flex-direction:column}
        .brand{font-size:20px;font-weight:700;color:var(--brand);padding:0 10px}.brand small{display:block;font-size:12px;font-weight:400;color:var(--soft)}
        .side nav{margin-top:22px;display:flex;flex-direction:column;gap:3px}.side nav a{padding:8px 12px;border-radius:8px;color:var(--ink)}.side nav a:hover{background:var(--bg);text-decoration:none}
        .side nav a.here{background:var(--brand-soft);color:var(--brand);font-weight:600}.who{margin-top:auto;padding:10px;font-size:13px;color:var(--soft)}.who button{margin-top:8px}
        main{margin-left:212px;padding:26px 34px 60px;max-width:1240px}h1{font-size:23px;margin:0 0 18px}h2{font-size:16px;margin:0 0 12px}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:14px;margin-bottom:16px}.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px 20px;margin-bottom:16px}
        .cards .card{margin:0;padding:14px 18px}.number{font-size:27px;font-weight:700;line-height:1.25}.number.alert{color:var(--t4)}.note,.soft{color:var(--soft);font-size:13px}
        .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(420px,1fr));gap:16px}.grid .card{margin:0}
        table{width:100%;border-collapse:collapse;font-size:14px}th{text-align:left;color:var(--soft);font-weight:500;font-size:13px}th,td{padding:8px 10px 8px 0;border-bottom:1px solid var(--line);vertical-align:top}tr:last-child td{border-bottom:0}
        .mono{font-family:ui-monospace,"Noto Sans Mono CJK SC",monospace;font-size:13px}.badge{display:inline-block;padding:1px 9px;border-radius:20px;font-size:12.5px;background:var(--bg);border:1px solid var(--line);white-space:nowrap}
        .badge.completed,.badge.answered,.badge.done,.badge.kept,.badge.L1{border-color:var(--t1);color:var(--t1)}.badge.waiting,.badge.open,.badge.sleeping,.badge.L3{border-color:var(--t3);color:var(--t3)}.badge.failed,.badge.L4,.badge.important,.badge.core{border-color:var(--t4);color:var(--t4)}.badge.running,.badge.started,.badge.L2{border-color:var(--t2);color:var(--t2)}
        .chart{width:100%;max-width:560px;display:block}.chart.wide{max-width:820px}.chart text{font-size:13px;fill:var(--ink)}.chart .count{fill:var(--soft);font-size:12px}.chart .end{text-anchor:end}.axis{stroke:var(--line)}.track{fill:var(--bg)}
        .tone-0{fill:var(--t0)}.tone-1{fill:var(--t1)}.tone-2{fill:var(--t2)}.tone-3{fill:var(--t3)}.tone-4{fill:var(--t4)}.tone-5{fill:var(--t5)}
        .legend{display:flex;flex-wrap:wrap;gap:6px 18px;margin-top:10px;font-size:13px}.dot{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:6px}.dot.tone-0{background:var(--t0)}.dot.tone-1{background:var(--t1)}.dot.tone-2{background:var(--t2)}.dot.tone-3{background:var(--t3)}.dot.tone-4{background:var(--t4)}.dot.tone-5{background:var(--t5)}
        button,.button{font:inherit;border:1px solid var(--line);background:var(--card);color:var(--ink);border-radius:8px;padding:7px 16px;cursor:pointer}button.main{background:var(--brand);border-color:var(--brand);color:#fff}button:hover{filter:brightness(.96)}
        input[type=text],input[type=password],textarea{font:inherit;width:100%;padding:9px 12px;border:1px solid var(--line);border-radius:8px;background:var(--card);color:var(--ink)}label{display:block;margin:12px 0 4px;font-size:13px;color:var(--soft)}
        .row{display:flex;gap:10px;align-items:center;flex-wrap:wrap}.search input{flex:1;width:auto}.tabs{margin-bottom:14px}.tabs a{padding:4px 13px;border:1px solid var(--line);border-radius:20px;color:var(--soft)}.tabs a.here{background:var(--brand-soft);color:var(--brand);border-color:var(--brand)}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--bg);border-radius:8px;padding:10px 12px;margin:0;font:13px/1.55 ui-monospace,"Noto Sans Mono CJK SC",monospace;max-height:320px;overflow:auto}mark{background:var(--brand-soft);color:inherit;padding:0 1px}
        .hit{border-bottom:1px solid var(--line);padding:14px 0}.hit:last-child{border:0}.ok{color:var(--t1);font-weight:600}.bad{color:var(--t4);font-weight:600}.top{float:right}details summary{cursor:pointer;color:var(--soft);font-size:13px}
        .scroll{overflow-x:auto}main>h2{margin-top:8px}.gate .brand{padding:0}.gate{max-width:400px;margin:12vh auto;padding:30px}dl{display:grid;grid-template-columns:110px 1fr;gap:6px 14px;margin:0}dt{color:var(--soft)}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
        @media(max-width:820px){.side{position:static;width:auto;border:0}.side nav{flex-direction:row;flex-wrap:wrap}main{margin:0;padding:18px}.grid{grid-template-columns:1fr}}
        """
}
