package import Domain

extension Command {
    /// An answer of the form without white space around it; nil for none.
    package func text(_ key: FieldKey) -> String? {
        let text: String
        switch arguments[key] {
        case .text(let given): text = given
        case .integer(let number): text = String(number)
        case .number(let number): text = Quantity.number(number)
        default: return nil
        }
        let trimmed = text.trimmed
        return trimmed.isEmpty ? nil : trimmed
    }

    /// Whether a line of the form was emptied: what the server has there is to go.
    package func empties(_ key: FieldKey) -> Bool { arguments[key] == .text("") }

    /// A yes or no of the form; nil for none, and for what is to stay as it is.
    package func flag(_ key: FieldKey) -> Bool? {
        switch arguments[key] {
        case .flag(let flag): return flag
        case .text(let text):
            switch text.lowercased() {
            case "yes", "true", "1", "on": return true
            case "no", "false", "0", "off": return false
            default: return nil
            }
        default: return nil
        }
    }
}

extension String {
    /// Without white space around it.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
