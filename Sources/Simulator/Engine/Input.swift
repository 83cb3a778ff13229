internal import JSON

/// What a client sent as JSON; the keys of an object stay in their order, numbers as they were written.
enum Input: Sendable, Equatable {
    case null
    case flag(Bool)
    case number(String)
    case text(String)
    case list([Input])
    case object([Member])

    /// One key of an object and what it holds.
    struct Member: Sendable, Equatable {
        let key: String
        let value: Input
    }

    /// The value of a key, of several the last; null when there is none or this is no object.
    subscript(key: String) -> Input {
        guard case .object(let members) = self else { return .null }
        return members.last { $0.key == key }?.value ?? .null
    }

    var isNull: Bool { self == .null }

    /// An object or a list.
    var isContainer: Bool {
        switch self {
        case .list, .object: true
        case .null, .flag, .number, .text: false
        }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }

    var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }

    var list: [Input]? { if case .list(let list) = self { list } else { nil } }

    /// A whole number, written as one or as a string of digits.
    var integer: Int? {
        switch self {
        case .number(let digits), .text(let digits): Int(digits)
        case .null, .flag, .list, .object: nil
        }
    }

    /// The same to be written again.
    var value: Value {
        switch self {
        case .null: .null
        case .flag(let flag): .literal(flag ? "true" : "false")
        case .number(let digits): .literal(digits)
        case .text(let text): .text(text)
        case .list(let list): .list(list.map(\.value))
        case .object(let members): .object(members.map { .init($0.key, $0.value.value) })
        }
    }
}

extension Input {
    /// Reads a body; nil when it is no JSON.
    init?(parsing bytes: [UInt8]) {
        guard let document = try? JSONDocument(bytes) else { return nil }
        self.init(document.root)
    }

    private init(_ value: JSONValue) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .flag(value.flag ?? false)
        case .string: self = .text(value.string ?? "")
        case .number: self = .number(value.text ?? "")
        case .array: self = .list(value.array?.map { Input($0) } ?? [])
        case .object:
            self = .object(value.object?.map { Member(key: $0.key, value: Input($0.value)) } ?? [])
        }
    }
}
