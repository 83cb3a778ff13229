package import Domain
internal import JSON

/// A text with places in braces that are filled in: `{/labels/alertname} on {id}`.
package struct Template: Sendable, Hashable {
    package let parts: [Part]

    /// What a template is made of.
    package enum Part: Sendable, Hashable {
        /// Text as it is.
        case literal(String)
        /// The value at a pointer into the row.
        case pointer(Pointer)
        /// The identity of the entity.
        case id
        /// What the entity is called.
        case name
        /// An answer of the form.
        case answer(FieldKey)
        /// A field of the row as it is shown.
        case field(FieldKey)
        /// The present, or so long after it as an answer says.
        case moment(after: FieldKey?, TimeFormat)
        /// The key, or the value, of the member or element that is gone through.
        case key, value(Pointer)
        /// The user and the password of the login.
        case user, password
        /// What somebody searches for.
        case text
    }

    /// Why a text is no template, in words.
    package struct Fault: Error, Sendable, Hashable {
        /// What is wrong and what to do.
        package let words: String
    }

    /// Reads a template; `{{` stands for a brace.
    package init(_ text: String) throws(Fault) {
        var parts: [Part] = []
        var literal = ""
        var rest = text[...]
        while let sign = rest.popFirst() {
            guard sign == "{" else {
                literal.append(sign)
                continue
            }
            if rest.first == "{" {
                literal.append("{")
                rest.removeFirst()
                continue
            }
            guard let end = rest.firstIndex(of: "}") else {
                throw Fault(words: "a brace is not closed: write {{ for a brace that is meant as one")
            }
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = ""
            parts.append(try Self.part(String(rest[..<end])))
            rest = rest[rest.index(after: end)...]
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.parts = parts
    }

    /// A template of parts.
    package init(parts: [Part]) { self.parts = parts }

    private static func part(_ text: String) throws(Fault) -> Part {
        if let pointer = Pointer(text), !text.isEmpty { return .pointer(pointer) }
        func key(_ prefix: String, _ text: some StringProtocol) -> FieldKey? {
            guard text.hasPrefix(prefix), text.count > prefix.count else { return nil }
            return FieldKey(rawValue: String(text.dropFirst(prefix.count)))
        }
        if let key = key("form.", text) { return .answer(key) }
        if let key = key("field.", text) { return .field(key) }
        if text.hasPrefix("value/"), let pointer = Pointer(String(text.dropFirst(5))) {
            return .value(pointer)
        }
        switch text {
        case "id": return .id
        case "name": return .name
        case "key": return .key
        case "value": return .value(.whole)
        case "user": return .user
        case "password": return .password
        case "text": return .text
        default: break
        }
        let moment = text.split(separator: ":", maxSplits: 1)
        let format = moment.count == 2 ? TimeFormat(rawValue: String(moment[1])) : .rfc3339
        if let format, let first = moment.first {
            if first == "now" { return .moment(after: nil, format) }
            if let key = key("now+form.", first) { return .moment(after: key, format) }
        }
        throw Fault(
            words:
                "{\(text)} is no place to fill in: there is {/pointer}, {id}, {name}, {form.KEY}, {field.KEY}, "
                + "{now}, {now+form.KEY}, {key}, {value}, {value/pointer}, {user}, {password}, {text}")
    }

    /// The pointers into the row.
    package var pointers: [Pointer] {
        parts.compactMap { if case .pointer(let pointer) = $0 { pointer } else { nil } }
    }

    /// The answers that it takes.
    package var answers: [FieldKey] {
        parts.compactMap {
            switch $0 {
            case .answer(let key), .moment(let key?, _): key
            default: nil
            }
        }
    }

    /// Whether it takes anything of a row.
    package var takesRow: Bool { parts.contains(where: \.isOfRow) }

    /// Whether it takes the key of what is gone through.
    var takesKey: Bool { parts.contains(.key) }

    /// Whether it takes what somebody searches for.
    package var takesText: Bool { parts.contains(.text) }

    /// Whether it takes user or password.
    package var takesLogin: Bool { parts.contains(.user) || parts.contains(.password) }
}

extension Template.Part {
    /// Whether the row says what it is filled with.
    var isOfRow: Bool {
        switch self {
        case .pointer, .id, .name, .field, .key, .value: true
        case .literal, .answer, .moment, .user, .password, .text: false
        }
    }

    /// As a file writes it.
    var spelling: String {
        switch self {
        case .literal(let text): text
        case .pointer(let pointer): "{\(pointer.text)}"
        case .id: "{id}"
        case .name: "{name}"
        case .answer(let key): "{form.\(key)}"
        case .field(let key): "{field.\(key)}"
        case .moment(nil, _): "{now}"
        case .moment(let key?, _): "{now+form.\(key)}"
        case .key: "{key}"
        case .value(let pointer): "{value\(pointer.text)}"
        case .user: "{user}"
        case .password: "{password}"
        case .text: "{text}"
        }
    }
}

/// How a moment is written.
package enum TimeFormat: String, Sendable, Hashable, CaseIterable {
    /// `2026-11-28T06:12:50Z`, also with a fraction, another zone, or none.
    case rfc3339
    /// Seconds since 1970, with a fraction or without.
    case unix
    /// Milliseconds since 1970.
    case unixMilliseconds = "unix-ms"

    /// Reads a moment; nil for none, and for those by which servers say never.
    func read(_ value: JSONValue, _ clock: ServerClock) -> Timestamp? {
        let moment: Timestamp? =
            switch self {
            case .rfc3339: value.string.flatMap { CivilTime.parse($0, clock: clock) }
            case .unix: value.double.flatMap { Int64(exactly: $0.rounded(.down)) }.map { Timestamp($0) }
            case .unixMilliseconds:
                value.double.flatMap { Int64(exactly: ($0 / 1000).rounded(.down)) }.map { Timestamp($0) }
            }
        return moment
    }

    /// A moment as a request has it.
    func tree(_ moment: Timestamp) -> JSONTree {
        switch self {
        case .rfc3339: .string(moment.iso8601)
        case .unix: .integer(moment.seconds)
        case .unixMilliseconds: .integer(moment.seconds &* 1000)
        }
    }
}
