// The emoji people meet here, by Slack's names; a name that is not listed is shown as :name:.

const GLYPHS = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", wave: "👋", clap: "👏", pray: "🙏", raised_hands: "🙌",
  muscle: "💪", ok_hand: "👌", point_right: "👉", point_up: "☝️", handshake: "🤝", raised_hand: "✋", writing_hand: "✍️",
  smile: "😄", slightly_smiling_face: "🙂", grinning: "😀", blush: "😊", joy: "😂", wink: "😉", thinking_face: "🤔",
  neutral_face: "😐", slightly_frowning_face: "🙁", cry: "😢", sweat_smile: "😅", heart: "❤️", blue_heart: "💙",
  eyes: "👀", white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", no_entry: "⛔",
  warning: "⚠️", exclamation: "❗", question: "❓", pushpin: "📌", round_pushpin: "📍", bell: "🔔", no_bell: "🔕",
  calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️", alarm_clock: "⏰", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", stopwatch: "⏱️", clock9: "🕘", tada: "🎉", star: "⭐", sparkles: "✨", rocket: "🚀",
  fire: "🔥", bulb: "💡", memo: "📝", clipboard: "📋", package: "📦", inbox_tray: "📥", outbox_tray: "📤", link: "🔗",
  lock: "🔒", bar_chart: "📊", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", speech_balloon: "💬",
  telephone_receiver: "📞", email: "📧", house: "🏠", palm_tree: "🌴", face_with_thermometer: "🤒", umbrella: "☔",
  cyclone: "🌀", sunny: "☀️", moon: "🌔", coffee: "☕", large_green_circle: "🟢", large_yellow_circle: "🟡",
  large_orange_circle: "🟠", red_circle: "🔴", white_circle: "⚪", black_circle: "⚫", large_blue_circle: "🔵",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", repeat: "🔁",
  zero: "0️⃣", one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", "100": "💯",
};

/** The glyph of an emoji, or its name between colons. */
export const emoji = (name) => (Object.hasOwn(GLYPHS, name) ? GLYPHS[name] : `:${name}:`);

/** Whether the name has a glyph here. */
export const hasGlyph = (name) => Object.hasOwn(GLYPHS, name);
