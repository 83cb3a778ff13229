internal import AdapterKit
internal import Domain
internal import JSON

/// How one field of a row is made of what the server gives.
extension RowWriter {
    /// What a field is made of.
    private enum Made { case text(String), value(JSONValue), count(Int), nothing, foreign(String) }

    private func value(_ field: DeclaredField, _ row: JSONValue) -> Made {
        switch field.origin {
        case .pointers(let pointers):
            for pointer in pointers {
                switch pointer.match(in: row) {
                case .nothing: continue
                case .foreign: return .foreign("")
                case .value(let value):
                    return isNumeric(field.field.type)
                        ? .value(value) : value.word.map { .text($0) } ?? .foreign(Self.excerpt(value))
                }
            }
            return .nothing
        case .template(let template):
            var isKnown = false
            for pointer in template.pointers {
                switch pointer.match(in: row) {
                case .nothing: continue
                case .foreign: return .foreign("")
                case .value(let value):
                    if value.word == nil { return .foreign(Self.excerpt(value)) }
                    isKnown = true
                }
            }
            return isKnown || template.pointers.isEmpty ? .text(Filling(row: row).words(template)) : .nothing
        case .rules(let rules):
            for rule in rules {
                switch rule.condition.judge(row) {
                case true: return .text(rule.word)
                case nil:
                    if case .nothing = rule.condition.at.match(in: row) { return .nothing }
                    return .foreign(rule.condition.at.value(in: row).map(Self.excerpt) ?? "")
                default: continue
                }
            }
            return .nothing
        case .words(let pointer):
            switch pointer.match(in: row) {
            case .nothing: return .nothing
            case .foreign: return .foreign("")
            case .value(let value):
                return .text(FieldManners(secrets: secrets, types: [:]).words(value))
            }
        case .count(let pointer):
            switch pointer.match(in: row) {
            case .nothing: return .nothing
            case .foreign: return .foreign("")
            case .value(let value):
                return (value.object?.count { _ in true } ?? value.array?.count { _ in true })
                    .map { .count($0) } ?? .foreign(Self.excerpt(value))
            }
        }
    }

    /// A value as words about it quote it.
    private static func excerpt(_ value: JSONValue) -> String {
        switch value.kind {
        case .array: "[…]"
        case .object: "{…}"
        default: value.word ?? ""
        }
    }

    private func misfit(_ value: JSONValue, _ misfit: Misfit = .type) -> Effect {
        .foreign(misfit, Self.excerpt(value))
    }

    private func isNumeric(_ type: FieldType) -> Bool { type.isNumeric || type == .flag }

    mutating func write(_ field: DeclaredField, _ place: Int, _ row: JSONValue) -> Effect {
        switch value(field, row) {
        case .foreign(let text): return .foreign(.type, text)
        case .nothing:
            if let word = field.missing { builder.set(place, text: word) }
            return .absent
        case .text(let text): return write(text, field, place, row)
        case .value(let value): return write(value, field, place)
        case .count(let count):
            builder.set(place, integer: Int64(count))
            return .found
        }
    }

    private mutating func write(_ text: String, _ field: DeclaredField, _ place: Int, _ row: JSONValue)
        -> Effect
    {
        var word = text
        if let until = field.until, let end = word.ranges(of: until).last {
            word = String(word[..<end.lowerBound])
        }
        if let map = field.map {
            guard let mapped = map[word] ?? field.other else { return .foreign(.unmapped, word) }
            word = mapped
        }
        switch field.field.type {
        case .severity:
            let severity = Severity(word: word)
            if severity == .unknown, word.lowercased() != severity.word { return .foreign(.noSeverity, word) }
            builder.set(place, text: severity.word)
        case .ref(let kind):
            let id = field.reference.flatMap { Filling(row: row).text($0) }
            builder.set(place, ref: id.map { EntityRef(backend, kind, id: $0) }, name: word)
        default:
            if word.isEmpty { return .absent }
            builder.set(place, text: word)
        }
        return .found
    }

    private mutating func write(_ value: JSONValue, _ field: DeclaredField, _ place: Int) -> Effect {
        switch field.field.type {
        case .flag:
            guard let flag = value.flag else { return misfit(value) }
            builder.set(place, flag: flag)
        case .time:
            guard value.kind == .string || value.kind == .number else { return misfit(value) }
            guard let time = field.time.read(value, clock) else { return misfit(value, .noTime(field.time)) }
            // Zero dates and the year 1 are how servers say never.
            if time.seconds <= 0 { return .absent }
            builder.set(place, time: time)
        default:
            guard value.kind != .bool, let number = value.double else { return misfit(value) }
            let scaled = number * field.scale
            switch field.field.type {
            case .integer, .rate, .bytes, .duration:
                guard let whole = Int64(exactly: scaled.rounded()) else { return misfit(value) }
                builder.set(place, integer: field.scale == 1 ? value.int64 ?? whole : whole)
            default: builder.set(place, number: scaled)
            }
        }
        return .found
    }
}
