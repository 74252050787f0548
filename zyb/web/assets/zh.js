// Streamlit cannot be localised: its own words are put into Chinese as they appear.
// Only whole, known phrases are replaced, never inside our content, names of files or what people typed.
(() => {
  "use strict";

  // Calendars and numbers follow the browser's language; this program speaks Chinese in every browser.
  for (const [name, value] of [["language", "zh-CN"], ["languages", Object.freeze(["zh-CN", "zh"])]]) {
    try { Object.defineProperty(navigator, name, { configurable: true, get: () => value }); } catch { /* as it is */ }
  }

  const PHRASES = {
    // uploader
    "Upload": "选择文件", "Browse files": "选择文件", "Add files": "继续添加文件", "add icon": "添加", "Upload directories": "上传文件夹",
    "Drag and drop a file here": "将文件拖到此处", "Drag and drop file here": "将文件拖到此处", "Drag and drop files here": "将文件拖到此处",
    "Upload failed": "上传失败", "Click to retry upload": "点击重新上传", "file upload": "文件上传",
    "Only one file is allowed.": "只能选择一个文件。", "File size is too small.": "文件太小。",
    "Unexpected error. Please try again.": "上传出错，请重试。", "Network error": "网络连接中断，请重试。", "Request aborted": "上传已取消。",
    "Error uploading file": "上传文件出错，请重试。", "Error deleting file": "移除文件出错，请重试。",
    "Connection lost. Please wait for the app to reconnect, then try again.": "与程序的连接已断开，请等待重新连接后再试。",
    // running, connection
    "Running...": "正在更新…", "RUNNING...": "正在更新…", "Stop": "停止", "Stopping...": "正在停止…", "Rerun": "重新运行", "Always rerun": "总是重新运行",
    "Connecting": "正在连接", "Connecting to Streamlit server": "正在连接程序", "Unable to connect to Streamlit server": "连接不上程序，请确认程序仍在运行",
    "Connecting to static app": "正在连接程序", "Connection error": "连接已断开", "Connection timed out.": "连接超时。", "Connection timed out": "连接超时",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": "程序可能已停止运行。请在运行程序的电脑上重新启动，本页面会自动恢复：",
    "Streamlit server is not responding. Are you connected to the internet?": "程序没有响应，可能已停止运行。请在运行程序的电脑上重新启动，本页面会自动恢复。",
    "streamlit run yourscript.py": "make run", "Please wait...": "请稍候…", "Loading...": "正在加载…", "Reconnected to server.": "已重新连接。",
    "Page not found": "页面不存在", "Script execution error": "页面出错", "Bad message format": "页面数据有误，请刷新重试", "Unknown error": "未知错误", "Unknown Error": "未知错误", "No message": "没有说明",
    "Your app is having trouble loading the component.": "此部分暂时无法显示，请刷新页面重试。",
    // frame
    "Skip to main content": "跳到主要内容", "Main menu": "主菜单", "App pages": "页面导航", "Sidebar": "侧栏", "Expand sidebar": "展开侧栏", "Collapse sidebar": "收起侧栏",
    "Navigate to home page": "返回首页", "App Logo": "返回首页", "Logo": "标志", "Header Logo": "标志", "Sidebar Logo": "标志", "Streamlit logo": "标志", "Notifications": "通知", "View less": "收起",
    "Toolbar action": "工具", "Print": "打印", "Settings": "设置", "About": "关于", "Record a screencast": "录屏", "Stop recording": "停止录屏", "Cancel recording": "取消录屏", "Start recording!": "开始录屏",
    "Also record audio": "同时录音", "Save video to disk": "保存视频", "Theme": "主题", "System": "跟随系统", "Light": "浅色", "Dark": "深色", "Use system setting": "跟随系统",
    "Copy": "复制", "Copy to clipboard": "复制", "Copied": "已复制", "Clear caches": "清除缓存", "Try again": "重试", "Continue anyway": "继续", "Don't show again": "不再显示", "(opens in new tab)": "（在新标签页打开）",
    "(required)": "（必填）", "Custom Component": "组件", "Link to heading": "本节链接", "Help": "说明", "(index)": "（序号）", "Close": "关闭", "Dismiss": "关闭", "Cancel": "取消",
    // tables and charts
    "Fullscreen": "全屏", "Close fullscreen": "退出全屏", "View fullscreen": "全屏", "Exit fullscreen": "退出全屏", "Download as CSV": "下载 CSV", "Search": "查找", "Type to search": "输入要查找的内容",
    "Close Search": "关闭查找", "Next Result": "下一处", "Previous Result": "上一处", "Show/hide columns": "显示或隐藏列", "Select all": "全选", "Sort ascending": "升序排列", "Sort descending": "降序排列",
    "Format": "显示格式", "Autosize": "自动列宽", "Pin column": "固定此列", "Unpin column": "取消固定", "Hide column": "隐藏此列", "Copy column name": "复制列名", "Clear selection": "清除选择", "Add row": "添加一行",
    "Delete row(s)": "删除所选行", "Dataframe column menu": "列菜单", "Scrollable table": "可滚动的表格", "Distribution histogram": "分布图", "Top values frequency chart": "最多取值", "True/false distribution chart": "是否分布",
    "Show data": "查看数据", "Hide data": "收起数据", "Show chart": "查看图形", "Save as PNG": "保存为图片", "Save as SVG": "保存为矢量图", "Zoom in": "放大", "Zoom out": "缩小", "Zoom reset": "还原", "Image source failed to load": "图片未能加载",
    "Automatic": "自动", "Localized": "本地格式", "Plain": "原样", "Compact": "简写", "Dollar": "美元", "Euro": "欧元", "Percent": "百分比", "Scientific": "科学计数", "Accounting": "会计格式", "Distance": "距今", "Calendar": "日历",
    "Failed to copy text to clipboard": "未能复制", "No active connection is available to load more rows.": "连接已断开，无法加载更多行。",
    // inputs
    "Choose options": "请选择", "Choose an option": "请选择", "Choose or add an option": "请选择或填写", "Choose or add options": "请选择或填写", "Add an option": "请填写", "Add options": "请填写", "Select...": "请选择",
    "No results": "没有匹配的选项", "No options": "没有可选项", "No options to select": "没有可选项", "No options to select.": "没有可选项", "Selectbox options": "选项", "Multiselect options": "选项", "Selected values": "已选",
    "Clear all": "全部清除", "Clear value": "清除", "Clear entry": "清除", "Clear date": "清除日期", "Clear dates": "清除日期", "Clear time": "清除时间", "Clear date and time": "清除日期和时间",
    "Press Enter to apply": "按回车键生效", "Press Enter to submit form": "按回车键提交", "Press Ctrl+Enter to apply": "按 Ctrl+回车键生效", "Press ⌘+Enter to apply": "按 ⌘+回车键生效",
    "Press Ctrl+Enter to submit form": "按 Ctrl+回车键提交", "Press ⌘+Enter to submit form": "按 ⌘+回车键提交", "Please fill out this field.": "请填写此项。", "Invalid input.": "填写内容不符合要求。", "Missing Submit Button": "缺少提交按钮",
    "Show password": "显示密码", "Hide password": "隐藏密码", "Show password text": "显示密码", "Hide password text": "隐藏密码", "Increment": "增加", "Decrement": "减少",
    "Choose date": "选择日期", "Choose date range": "选择起止日期", "Choose date and time": "选择日期和时间", "Choose time": "选择时间", "Quick select a date range": "快速选择", "Quick select": "快速选择", "Date range": "起止日期", "None": "不限",
    "Past Week": "最近一周", "Past Month": "最近一个月", "Past 3 Months": "最近三个月", "Past 6 Months": "最近六个月", "Past Year": "最近一年", "Past 2 Years": "最近两年", "Previous": "上一月", "Next": "下一月", "Previous month": "上一月", "Next month": "下一月",
    "Previous page": "上一页", "Next page": "下一页", "Pagination": "翻页", "Download Button": "下载", "Failed to generate file for download": "文件没有生成。请刷新页面重试；如仍如此，请联系管理员。", "File Uploader": "上传文件",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": "用方向键移动日期，回车键选定，Esc 键关闭。",
    "Use arrow keys to navigate. Enter to select. Tab to switch between calendar and time. Escape to close.": "用方向键移动，回车键选定，Tab 键切换日历和时间，Esc 键关闭。",
    "Invalid time format. Please use HH:MM.": "时间格式应为 时:分。", "Invalid time format. Please use HH:MM:SS or HH:MM.": "时间格式应为 时:分:秒 或 时:分。", "Hours must be 0–23.": "小时应为 0–23。", "Minutes must be 0–59.": "分钟应为 0–59。", "Seconds must be 0–59.": "秒应为 0–59。",
    "Number is above the allowed range.": "数值超过上限。", "Number is below the allowed range.": "数值低于下限。"
  };

  // Words so common that people's data may hold them: replaced only inside these parts of Streamlit's frame.
  const WITHIN = [
    ["[data-testid=stStatusWidget],[data-testid=stConnectionStatus]", { "Error": "未连接" }],
    ["[data-testid=stTimeInput]", { "HH": "时", "mm": "分", "ss": "秒" }],
    ["[data-testid=stDateInputFieldsScroller],[data-testid=stDateTimeInputFieldsScroller]", { "yyyy": "年", "mm": "月", "dd": "日", "HH": "时", "hh": "时" }],
    ["[data-testid=stDataFrameColumnMenu]", { "Statistics": "本列统计" }],
    ["[data-testid=stDataFrameColumnFormattingMenu]", { "Yen": "日元", "Duration": "时长" }],
    [".stDataFrameStatisticsMenu,[data-testid=stDataFrameStatisticsMenu]", {
      "Values": "有值", "Empty": "空", "Distinct": "不同值", "Average": "平均", "Standard deviation": "标准差", "Minimum": "最小", "Median": "中位", "25th percentile": "下四分位", "75th percentile": "上四分位", "Maximum": "最大", "Sum": "合计",
      "Minimum length": "最短", "Maximum length": "最长", "Average length": "平均长度", "Range": "跨度", "Count": "数量", "True": "是", "False": "否"
    }],
    ["[data-testid=stFileChip]", { "Error:": "错误：" }],
    ["[data-testid=stDateInputCalendar],[data-testid=stDateTimeInputCalendar]", { "Time": "时间", "Hour": "时", "Minute": "分", "Date": "日期" }]
  ];
  // As an attribute these name a button of Streamlit's; as text they might be data.
  const ATTRIBUTES = { "text": "文字", "number": "数字", "datetime": "日期时间", "date": "日期", "checkbox": "是否", "object": "其他", "progress": "进度", "Open": "展开选项", "Selectbox": "单选框", "Multiselect": "多选框", "empty": "没有数据", "Count": "数量", "Range": "范围" };

  const UNITS = { year: "年", month: "月", day: "日", hour: "时", minute: "分", second: "秒" };
  const list = types => types.replace(/, /g, "、");
  const bytes = size => size.replace(/\.0(?=[KMGT]?B|\s)/, "").replace(/(\d)\s*(?=[KMGT]?B)/, "$1 ");
  const RULES = [
    [/^([\d.]+\s?[KMGT]?B) per file(?:\s*•\s*(.+))?$/, (_, size, types) => `单个文件不超过 ${bytes(size)}` + (types ? `，支持 ${list(types)}` : "")],
    [/^Limit ([\d.]+\s?[KMGT]?B) per file(?:\s*•\s*(.+))?$/, (_, size, types) => `单个文件不超过 ${bytes(size)}` + (types ? `，支持 ${list(types)}` : "")],
    [/^•\s*((?:[A-Z0-9]{2,5})(?:, [A-Z0-9]{2,5})*)$/, (_, types) => `，支持 ${list(types)}`],
    [/^File must be ([\d.]+\s?[KMGT]?B) or smaller\.?$/, (_, size) => `文件不得超过 ${bytes(size)}。`],
    [/^File is larger than ([\d.]+\s?[KMGT]?B)\.?$/, (_, size) => `文件不得超过 ${bytes(size)}。`],
    [/^(\S*) files are not allowed\.?$/, () => "不支持这种格式的文件。请按提示的格式另存后重新选择。"],
    [/^Error: (Number .+|Date .+|Invalid .+)$/, (_, words) => phrase(words) ?? `请改正：${words}`],
    [/^Choose (?:date and time|date range|date), (.+)$/, (_, month) => `选择日期，${month}`],
    [/^(\d+) options? available\.$/, (_, count) => `共 ${count} 个选项。`],
    [/^(\d+) results?$/, (_, count) => `${count} 处`],
    [/^(\d+) of (\d+|over 1000)(?: results?)?$/, (_, place, count) => `第 ${place} 处，共 ${count.replace("over ", "超过 ")} 处`],
    [/^over 1000$/, () => "超过 1000 处"],
    [/^View (\d+) more$/, (_, count) => `显示其余 ${count} 项`],
    [/^Select (\d+) matches$/, (_, count) => `选择匹配的 ${count} 项`],
    [/^You can only select up to (\d+) options?\. Remove an option first\.?$/, (_, count) => `最多选择 ${count} 项，请先移除一项。`],
    [/^(?:Showing )?page (\d+) of (\d+)$/i, (_, page, pages) => `第 ${page} 页，共 ${pages} 页`],
    [/^Number is above the allowed range\. Please enter a value less than or equal to (.+)\.$/, (_, limit) => `数值超过上限，请填写不大于 ${limit} 的数。`],
    [/^Number is below the allowed range\. Please enter a value greater than or equal to (.+)\.$/, (_, limit) => `数值低于下限，请填写不小于 ${limit} 的数。`],
    [/^Number is outside the allowed range\. Please enter a value between (.+) and (.+)\.$/, (_, low, high) => `请填写 ${low} 至 ${high} 之间的数。`],
    [/^(?:Error: )?Date (?:is )?(?:set )?outside (?:the )?allowed range\. Please select a date between (.+) and (.+)\.$/, (_, low, high) => `请选择 ${low} 至 ${high} 之间的日期。`],
    [/^(?:Error: )?Date (?:is )?(?:set )?outside (?:the )?allowed range\. Please select a date on or (after|before) (.+)\.$/, (_, side, day) => `请选择 ${day} ${side === "after" ? "及以后" : "及以前"}的日期。`],
    [/^The page that you have requested does not seem to exist\. Running the app's main page\.$/, () => "您要打开的页面不存在，或者您没有打开它的权限，已转到首页。"],
    [/^You have requested page .+, but no corresponding file was found in the app's pages\/ directory\. Running the app's main page\.$/, () => "您要打开的页面不存在，或者您没有打开它的权限，已转到首页。"],
    [/^Connection failed with status (\d+)[\s\S]*$/, (_, status) => `连接失败（${status}），请刷新页面重试。`],
    [/^Request failed with status (?:code )?(\d+)$/, (_, status) => `上传失败（${status}），请重试。`]
  ];
  // Only attributes carry a name inside a phrase; the name itself stays as it is.
  const NAMED = [
    [/^(Show\/hide columns|Download as CSV|Search|Fullscreen|Close fullscreen|Clear selection): (.+)$/, (_, words, name) => `${phrase(words) ?? words}：${name}`],
    [/^Remove (.+)$/, (_, name) => `移除 ${name}`],
    [/^Delete (.+)$/, (_, name) => `删除 ${name}`],
    [/^Add: (.+)$/, (_, name) => `添加：${name}`],
    [/^Shortcut (.+)$/, (_, keys) => `快捷键 ${keys}`],
    [/^Selected date: (.+)$/, (_, day) => `已选日期：${day}`],
    [/^Error: (.+)$/, (_, words) => `请改正：${phrase(words) ?? words}`],
    [/^(year|month|day|hour|minute|second), *(.*)$/, (_, part, label) => [UNITS[part], label].filter(Boolean).join("，")],
    [/^(.+) start date$/, (_, label) => `${label} 开始日期`],
    [/^(.+) end date$/, (_, label) => `${label} 结束日期`]
  ];

  // Our own content, people's data and what they type. Labels and buttons are ours: their text sits in markdown.
  const OURS = "[data-testid=stHtml],[data-testid=stMarkdown],[data-testid=stMarkdownContainer],[data-testid=stText],[data-testid=stHeading]," +
    "[data-testid=stTable],[data-testid=stWidgetLabel],[data-testid=stSidebarNavLink],[data-testid=stNavSectionHeader],[data-testid=stFileUploaderFileName]," +
    "[data-testid=stMetric],[data-testid=stAlert],[data-testid=stJson],[data-testid=stCode],[data-testid=stTooltipContent] [data-testid=stMarkdown]," +
    "[data-testid=data-grid-canvas],.js-plotly-plot,[data-baseweb=tag],textarea,input,code,script,style";
  // … except these, which Streamlit writes as markdown itself.
  const THEIRS = "[data-testid=stFileUploaderDropzone] button";

  const phrase = words => Object.hasOwn(PHRASES, words) ? PHRASES[words] : rule(RULES, words);
  const rule = (rules, words) => {
    for (const [pattern, chinese] of rules) if (pattern.test(words)) return words.replace(pattern, chinese);
    return undefined;
  };
  const within = (words, element) => {
    for (const [selector, table] of WITHIN) if (Object.hasOwn(table, words) && element.closest(selector)) return table[words];
    return undefined;
  };

  const isOption = element => element.closest("[role=option]");
  const isEmptyList = words => words === "No results" || words === "No options to select" || words === "No options to select.";

  function text(node) {
    const element = node.parentElement;
    const words = node.data.trim();
    if (!element || !/[A-Za-z]/.test(words) || words.length > 300) return;
    if (element.closest(OURS) && !element.closest(THEIRS)) return;
    if (isOption(element) && !isEmptyList(words) && !/^(Add: |Select \d+ matches$|Select all$)/.test(words)) return;
    const chinese = phrase(words) ?? within(words, element) ?? (/^Add: /.test(words) ? rule(NAMED, words) : undefined);
    if (chinese !== undefined && chinese !== words) node.data = node.data.replace(words, () => chinese);
  }

  function attributes(element) {
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-roledescription"]) {
      const words = element.getAttribute(name)?.trim();
      if (!words || !/[A-Za-z]/.test(words)) continue;
      const chinese = phrase(words) ?? (Object.hasOwn(ATTRIBUTES, words) ? ATTRIBUTES[words] : undefined) ?? rule(NAMED, words);
      if (chinese !== undefined && chinese !== words) element.setAttribute(name, chinese);
    }
  }

  function walk(root) {
    if (root.nodeType === Node.TEXT_NODE) return text(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return undefined;
    attributes(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.nodeType === Node.TEXT_NODE) text(walker.currentNode); else attributes(walker.currentNode);
    }
    return undefined;
  }

  new MutationObserver(changes => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(walk);
      else if (change.type === "characterData") text(change.target);
      else attributes(change.target);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["aria-label", "title", "placeholder", "alt"] });
})();
