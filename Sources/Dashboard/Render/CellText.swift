import Canvas
import Domain

/// What one cell of a table says, and in which look.
struct CellText {
    var text: String
    var role: Role
    /// The sign that stands for the whole where there is no room for the word.
    var sign: String?
    /// What is drawn before the text where there is room.
    var bar: UsageBar?
    /// A sign for each of several parts, in place of the text.
    var parts: PartSigns?
    /// Whether it is what something is called: it is cut in the middle.
    var isName = false

    init(_ value: Value, _ type: FieldType, key: FieldKey, now: Timestamp, clockIsCertain: Bool = true) {
        switch (type, value) {
        case (.text, .none), (.word, .none):
            self.init("", .textMuted)
        case (_, .none):
            self.init("–", .textMuted)
        case (.severity, .text(let word)):
            self.init(Sign.severity(word), Self.shown(word, type))
        case (.state, .text(let word)):
            self.init(Sign.state(word), Self.shown(word, type))
        case (.states, .text(let words)):
            let parts = PartSigns(words)
            self.init(parts.text, .text)
            self.parts = parts
        case (.usage, .number(let percent)):
            let bar = UsageBar(percent: percent)
            self.init(Quantity.text(value, type, now: now), percent < 80 ? .text : bar.role)
            self.bar = bar
        case (.time, .time(let moment)):
            // A server's time without a zone may be hours off: it is marked.
            let age = SteppedAge.text(now.seconds.subtractingClamped(moment.seconds))
            self.init(clockIsCertain ? age : "~" + age, .text)
        default:
            let isMuted = key == .backend || key == .location || key == .note
            self.init(Quantity.text(value, type, now: now), isMuted ? .textMuted : .text)
        }
    }

    /// A word of a column as it is shown.
    static func shown(_ word: String, _ type: FieldType) -> String {
        switch type {
        case .severity: word.isEmpty ? "" : "\(Sign.severity(word).symbol) \(word)"
        case .state:
            word.isEmpty
                ? ""
                : "\(Sign.state(word).symbol) \(word == AlertState.acknowledged.rawValue ? "acked" : word)"
        case .states: PartSigns(word).text
        default: word
        }
    }

    /// What fits into some columns: a sign alone rather than a stump of a word.
    func cut(to width: Int) -> String {
        if let sign, width < 5, CharacterWidth.of(text) > width { return sign }
        return isName ? TextLayout.cutMiddle(text, to: width) : TextLayout.cut(text, to: width)
    }

    /// The columns of the longest unit of an amount, as of `Mbps`.
    private static let longestUnit = 4
    /// The columns that amounts need besides, so that their numbers end in one column whatever their units are.
    static let unitSlack = 2

    /// Makes the cell that of an amount with its unit: a dash where there is none, and blanks behind a short unit.
    mutating func alignUnit(within width: Int) {
        guard !text.isEmpty else {
            text = "–"
            return
        }
        guard let blank = text.lastIndex(of: " ") else { return }
        let unit = text.utf8.distance(from: blank, to: text.endIndex) - 1
        let blanks = min(Self.longestUnit - unit, width - CharacterWidth.of(text))
        if blanks > 0 { text += String(repeating: " ", count: blanks) }
    }

    init(_ text: String, _ role: Role) {
        self.text = text
        self.role = role
    }

    private init(_ sign: Sign, _ text: String) {
        self.text = text
        role = sign.role
        self.sign = sign.symbol
    }
}

extension Int64 {
    func subtractingClamped(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }
}
