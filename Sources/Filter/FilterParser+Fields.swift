internal import Domain

extension FilterParser {
    private static let signs: [(sign: String, comparison: FilterComparison?)] = [
        ("!=", nil), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less), (">", .greater), ("=", nil),
        (":", nil),
    ]

    /// The test of a field that begins here; nil where a word begins.
    mutating func fieldTest() throws(Stop) -> FilterExpression? {
        let start = cursor.position
        let word = Array(cursor.peekWord().unicodeScalars)
        guard
            let place = word.indices.first(where: { index in
                Self.signs.contains { starts(word, index, $0.sign) }
            }),
            let (sign, comparison) = Self.signs.first(where: { starts(word, place, $0.sign) })
        else { return nil }
        let name = cursor.text(start..<start + place)
        if name.lowercased() == "is", sign == ":" { return try condition(skipping: place + 1) }
        if name.lowercased() == FilterVocabulary.owner, vocabulary.knowsOwners, comparison == nil {
            cursor.advance(by: place + sign.count)
            return try owner(sign)
        }
        let keys = vocabulary.fields(named: name)
        guard !keys.isEmpty else {
            let value = cursor.text(start + place + sign.count..<start + word.count)
            guard meansField(name, sign, value, isMeasured: comparison != nil) else { return nil }
            throw failed(unknown(name, elseText: true), at: start)
        }
        cursor.advance(by: place + sign.count)
        return try test(of: keys, named: name, sign, comparison)
    }

    /// The test of a field whose name stands in quotes; nil where the quotes hold a text to look for.
    mutating func quotedFieldTest() throws(Stop) -> FilterExpression? {
        let start = cursor.position
        var ahead = cursor
        guard let name = ahead.takeQuoted() else { return nil }
        let rest = Array(ahead.peekWord().unicodeScalars)
        guard let (sign, comparison) = Self.signs.first(where: { starts(rest, 0, $0.sign) }) else {
            return nil
        }
        let keys = vocabulary.fields(named: name)
        guard !keys.isEmpty else {
            guard vocabulary.knowsFields else { return nil }
            throw failed(unknown(name, elseText: false), at: start)
        }
        cursor = ahead
        cursor.advance(by: sign.count)
        return try test(of: keys, named: name, sign, comparison)
    }

    private static let claimsAway = "claims need a team: docs/team.md"

    private func unknown(_ name: String, elseText: Bool) -> String {
        if name.lowercased() == FilterVocabulary.owner, !vocabulary.knowsOwners { return Self.claimsAway }
        let hint = Nearest.hint(name, among: vocabulary.names)
        let text = elseText ? (hint.isEmpty ? "; in quotes it is a text" : " In quotes it is a text") : ""
        return "unknown field \"\(name)\"\(hint)\(text)"
    }

    /// The test that stands behind the name of a field and a sign.
    private mutating func test(
        of keys: [FieldKey], named name: String, _ sign: String, _ comparison: FilterComparison?
    ) throws(Stop) -> FilterExpression {
        if cursor.isAtEnd { throw unfinished("\(name)\(sign) waits for a value") }
        if cursor.isAtBoundary || cursor.current == "(" {
            throw failed("the value belongs right behind \(name)\(sign), in quotes if it has spaces")
        }
        let start = cursor.position
        if sign == ":", cursor.current == "/", let pattern = try pattern() {
            return .field(keys, .matches(pattern))
        }
        let value = cursor.current == "\"" ? try quoted() : cursor.takeWord()
        let test: FieldTest
        if let comparison {
            test = .compares(comparison, value)
        } else {
            test = sign == ":" && !value.isEmpty ? .contains(FilterText(value)) : .equals(FilterText(value))
        }
        for key in keys {
            if let objection = vocabulary.objection(to: test, of: key) { throw failed(objection, at: start) }
        }
        return sign == "!=" ? .not(.field(keys, test)) : .field(keys, test)
    }

    /// Who has claimed the row: a set of entities that the context has under the words.
    private mutating func owner(_ sign: String) throws(Stop) -> FilterExpression {
        if cursor.isAtEnd { throw unfinished("owner\(sign) waits for a name") }
        if cursor.isAtBoundary || cursor.current == "(" {
            throw failed("the name belongs right behind owner\(sign)")
        }
        let name = (cursor.current == "\"" ? try quoted() : cursor.takeWord()).lowercased()
        let owned = FilterExpression.condition(OwnerCondition(name, isWhole: sign != ":").word)
        return sign == "!=" ? .not(owned) : owned
    }

    /// Whether a word with a sign in it can only be meant as the test of a field, though no field has its name.
    ///
    /// A colon stands in addresses and names of ports as well: there it is one only where the name is a slip of a
    /// field's, or, where nobody is typing any more, looks like none of these.
    private func meansField(_ name: String, _ sign: String, _ value: String, isMeasured: Bool) -> Bool {
        if isMeasured, !name.isEmpty, Quantity.read(value) != nil { return true }
        // Where no field is known, no name is wrong.
        guard vocabulary.knowsFields else { return false }
        // Whoever types sees rows go; a line that is run as it is must not look for a slip as for a text.
        if vocabulary.isStrict, sign != ":", !name.isEmpty { return true }
        let letters = name.unicodeScalars
        guard let first = letters.first, first.properties.isAlphabetic,
            letters.allSatisfy({ $0.properties.isAlphabetic || $0.isDigit || $0 == "_" || $0 == "%" })
        else { return false }
        if sign != ":" { return true }
        guard letters.count > 1, letters.allSatisfy({ !$0.isDigit }), !value.hasPrefix("//") else {
            return false
        }
        if letters.count > 3, Nearest.match(name, among: vocabulary.names) != nil { return true }
        // What is made of these letters alone may be the first group of an address.
        return vocabulary.isStrict
            && !(letters + value.unicodeScalars).allSatisfy { $0.properties.isASCIIHexDigit || $0 == ":" }
    }

    private func starts(_ word: [Unicode.Scalar], _ index: Int, _ sign: String) -> Bool {
        word[index...].starts(with: sign.unicodeScalars)
    }

    private mutating func condition(skipping count: Int) throws(Stop) -> FilterExpression {
        cursor.advance(by: count)
        if cursor.isAtEnd { throw unfinished("is: waits for a condition, such as down or acked") }
        if cursor.isAtBoundary { throw failed("the condition belongs right behind is:") }
        let start = cursor.position
        let word = cursor.takeWord().lowercased()
        guard vocabulary.conditions.contains(word) else {
            if word == "claimed" { throw failed(Self.claimsAway, at: start) }
            let known = vocabulary.conditions.sorted().joined(separator: ", ")
            throw failed("is: knows no \(word); it knows \(known)", at: start)
        }
        return .condition(word)
    }
}

extension FilterExpression {
    /// The test of the largest of some fields: below a bound is what has all of them below it.
    fileprivate static func field(_ keys: [FieldKey], _ test: FieldTest) -> FilterExpression {
        let tests = keys.map { FilterExpression.field($0, test) }
        if tests.count == 1 { return tests[0] }
        switch test {
        case .compares(.less, _), .compares(.lessOrEqual, _): return .all(tests)
        default: return .any(tests)
        }
    }
}

extension FilterVocabulary {
    /// Why a field can't pass a test in any of its types, in words for the operator.
    func objection(to test: FieldTest, of key: FieldKey) -> String? {
        let objections = types(of: key).map { Self.objection(to: test, of: key, $0) }
        return objections.contains(nil) ? nil : objections.compactMap { $0 }.min()
    }

    private static func objection(to test: FieldTest, of key: FieldKey, _ type: FieldType) -> String? {
        switch test {
        case .matches: return nil
        case .equals(let text) where text.text.isEmpty: return nil
        case .contains(let text), .equals(let text):
            switch type {
            case .text, .word, .severity, .state, .states, .ref: return nil
            case .flag: return FlagWord.read(text.text) == nil ? "\(key) is yes or no" : nil
            case .time: return "\(key) is an age: compare it with < or >, as in \(key)<1h"
            default: return objection(to: text.text, as: type, key)
            }
        case .compares(_, let operand):
            switch type {
            case .severity:
                return Severity(word: operand) == .unknown
                    ? "\(key) is compared with ok, warning or critical" : nil
            case .text, .word, .state, .states, .ref, .flag:
                return "\(key) has no size; write \(key):value or \(key)=value"
            default: return objection(to: operand, as: type, key)
            }
        }
    }

    private static func objection(to operand: String, as type: FieldType, _ key: FieldKey) -> String? {
        guard let reading = Quantity.read(operand) else {
            return type == .time || type == .duration
                ? "\(operand) is not a time; write 30s, 5m, 2h or 1d" : "\(operand) is not a number"
        }
        switch (type, reading.unit) {
        case (.time, .time), (.duration, .time), (.duration, .bare): return nil
        case (.time, _), (.duration, _): return "\(operand) is not a time; write 30s, 5m, 2h or 1d"
        case (_, .bare), (.percent, .percent), (.usage, .percent), (.decibelMilliwatts, .decibelMilliwatts):
            return nil
        case (.percent, _), (.usage, _): return "\(key) is per cent; write 80 or 80%"
        case (.decibelMilliwatts, _): return "\(key) is in dBm; write -25 or -25dBm"
        case (_, .factor): return nil
        case (_, .time): return "\(operand) is a time, and \(key) is not; mega is M, minutes are m"
        default: return "\(key) has another unit than \(operand)"
        }
    }
}

/// The words for yes and no.
enum FlagWord {
    static func read(_ word: String) -> Bool? {
        switch word.lowercased() {
        case "yes", "true", "on", "1", "y": true
        case "no", "false", "off", "0", "n": false
        default: nil
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
