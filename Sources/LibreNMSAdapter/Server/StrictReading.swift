internal import JSON

/// What decides something, or what a row is known by: what is no such thing is not taken for one.
extension JSONValue {
    /// A number of the server's, in its digits; nil for anything else.
    var id: String? {
        guard kind == .number || kind == .string, let text, !text.isEmpty,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return text
    }

    /// 0, 1, true or false, as number, text or Boolean; nil for anything else.
    var bit: Bool? {
        switch kind {
        case .array, .object, .null: return nil
        case .bool: return flag
        case .number, .string:
            switch text {
            case "1", "true": return true
            case "0", "false": return false
            default: return nil
            }
        }
    }
}

extension JSONRows {
    /// Reads a slot like `JSONValue.bit`.
    func bit(_ slot: Int) -> Bool? { self[slot]?.bit }

    /// Reads a slot like `JSONValue.id`.
    func id(_ slot: Int) -> String? { self[slot]?.id }
}
