import Canvas
import Domain

/// What the values of a row become in the arguments of a program: servers said them, so they may be hostile.
extension State {
    /// More bytes than this are no value that a program is meant to get.
    private static let longestValue = 1_024

    /// Why a row gives a program no arguments.
    struct Refusal: Error, Equatable {
        let words: String
    }

    /// The program and its arguments for a row.
    ///
    /// - Throws: when a value is absent, or might be taken for something else than a value.
    func arguments(of command: OwnCommand, for entity: EntityRef) throws(Refusal) -> [String] {
        var arguments: [String] = []
        for argument in command.run {
            var text = ""
            for part in argument.parts {
                switch part {
                case .text(let plain): text += plain
                case .field(let field, _):
                    let value = try value(of: field, in: entity)
                    text += argument.isURL ? Self.percentEncoded(value) : value
                }
            }
            arguments.append(text)
        }
        return arguments
    }

    private func value(of field: OwnField, in entity: EntityRef) throws(Refusal) -> String {
        let name = CleanText.oneLine(name(of: entity))
        guard let (table, row) = find(entity) else { throw Refusal(words: "\(name) is no longer listed") }
        guard let kind = field.kind, kind != entity.kind else {
            return try checked(own(field, table, row), field, of: name)
        }
        let key = FieldKey(rawValue: kind.rawValue)
        let keys =
            (table.resource.fields.contains { $0.key == key && $0.type == .ref(kind) } ? [key] : [])
            + table.resource.fields.filter { $0.type == .ref(kind) }.map(\.key)
        guard let reference = keys.first.map({ table.value(row, $0) }),
            case .ref(let other, let called) = reference
        else { throw Refusal(words: "\(name) has no \(kind)") }
        if let found = find(other) {
            return try checked(own(field, found.table, found.row), field, of: CleanText.oneLine(called))
        }
        if field.key == .name { return try checked(called, field, of: name) }
        throw Refusal(words: "the \(kind) of \(name) is not loaded: open its pane once")
    }

    /// The value of a row's own field as text; empty where it has none.
    private func own(_ field: OwnField, _ table: Table, _ row: Int) throws(Refusal) -> String {
        let entity = table.refs[row]
        let keys = field.keys(in: table.resource)
        if keys.isEmpty {
            switch field.key {
            case .backend: return backend(entity.backend)?.name ?? ""
            case "id": return entity.id
            case "kind": return entity.kind.rawValue
            case .name: return table.name(row)
            default:
                let backend = backend(entity.backend)?.name ?? ""
                throw Refusal(words: "\(table.resource.plural) of \(backend) have no field \(field.key)")
            }
        }
        return keys.lazy.map { Self.text(table.value(row, $0)) }.first { !$0.isEmpty } ?? ""
    }

    private static func text(_ value: Value) -> String {
        switch value {
        case .none: ""
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .flag(let flag): flag ? "true" : "false"
        case .time(let moment): moment.iso8601
        case .ref(let entity, let name): name.isEmpty ? entity.id : name
        }
    }

    /// Holds a value to what may become a part of an argument.
    private func checked(_ value: String, _ field: OwnField, of name: String) throws(Refusal) -> String {
        if value.allSatisfy(\.isWhitespace) { throw Refusal(words: "\(name) has no \(field)") }
        if value.unicodeScalars.contains(where: { CleanText.isHostile($0) || $0 == "\u{FFFD}" }) {
            throw Refusal(words: "the \(field) of \(name) holds control characters: no program gets it")
        }
        if value.first == "-" {
            throw Refusal(
                words: "the \(field) of \(name) begins with -: a program would take it for an option")
        }
        if value.utf8.count > Self.longestValue {
            throw Refusal(words: "the \(field) of \(name) is too long for an argument")
        }
        return value
    }

    /// A value as a part of a URL: what has a meaning there is written as `%` and two digits.
    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.append(Character(Unicode.Scalar(byte)))
            default:
                result.append("%")
                result.append(digits[Int(byte >> 4)])
                result.append(digits[Int(byte & 15)])
            }
        }
    }
}
