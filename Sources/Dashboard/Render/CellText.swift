import Canvas
import Domain

/// What one cell of a table says, and in which look.
struct CellText {
    var text: String
    var role: Role

    init(_ value: Value, _ type: FieldType, key: FieldKey, now: Timestamp, clockIsCertain: Bool = true) {
        switch (type, value) {
        case (_, .none):
            self.init("–", .textMuted)
        case (.severity, .text(let word)):
            let sign = Sign.severity(word)
            self.init("\(sign.symbol) \(word)", sign.role)
        case (.state, .text(let word)):
            let sign = Sign.state(word)
            self.init("\(sign.symbol) \(word == "acknowledged" ? "acked" : word)", sign.role)
        case (.time, .time(let moment)):
            // A server's time without a zone may be hours off: it is marked.
            self.init((clockIsCertain ? "" : "~") + Quantity.age(max(0, now.seconds - moment.seconds)), .text)
        default:
            let isMuted = key == .backend || key == .location || key == .note
            self.init(Quantity.text(value, type, now: now), isMuted ? .textMuted : .text)
        }
    }

    private init(_ text: String, _ role: Role) {
        self.text = text
        self.role = role
    }
}
