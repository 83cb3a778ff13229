package import JSON

/// Where a value lies within another, by RFC 6901: `/labels/severity`; an empty text is the value itself.
package struct Pointer: Sendable, Hashable {
    /// As it is written.
    package let text: String
    /// The names and numbers on the way, from the outside in.
    package let steps: [String]

    /// Reads a pointer; nil for a text that does not begin with a slash.
    package init?(_ text: String) {
        guard text.isEmpty || text.hasPrefix("/") else { return nil }
        self.text = text
        steps = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
    }

    /// The value itself.
    package static let whole = Pointer(whole: ())

    private init(whole: Void) {
        text = ""
        steps = []
    }

    /// What a pointer matches.
    package enum Match {
        /// A value that is not null.
        case value(JSONValue)
        /// Nothing, or null.
        case nothing
        /// Something on the way is of another type than the pointer takes it for.
        case foreign
    }

    /// Follows the pointer.
    package func match(in root: JSONValue) -> Match {
        var value = root
        for step in steps {
            switch value.kind {
            case .object:
                guard let member = value[step] else { return .nothing }
                value = member
            case .array:
                guard let place = Int(step), place >= 0 else { return .foreign }
                guard let element = value.array?.dropFirst(place).first(where: { _ in true }) else {
                    return .nothing
                }
                value = element
            case .null: return .nothing
            case .bool, .number, .string: return .foreign
            }
        }
        return value.isNull ? .nothing : .value(value)
    }

    /// Whether the server says null there, which a member that is not there does not.
    func isNull(in root: JSONValue) -> Bool {
        var value = root
        for step in steps {
            if value.isNull { return true }
            guard value.kind == .object, let member = value[step] else { return false }
            value = member
        }
        return value.isNull
    }

    /// The value that it matches; nil for none.
    func value(in root: JSONValue) -> JSONValue? {
        if case .value(let value) = match(in: root) { value } else { nil }
    }
}

extension JSONValue {
    /// A text, a number or a flag as files of adapters write it: `1` for `1.0` too; nil for anything else.
    var word: String? {
        if kind == .number, let whole = int64 { return String(whole) }
        return text
    }
}
