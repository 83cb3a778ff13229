internal import AdapterKit
internal import Domain
internal import JSON

extension DeclaredCommand {
    /// The answers of a form as requests take them; one that was left empty is its standard.
    func answers(to command: Command, _ settings: BackendSettings) throws(BackendError) -> [FieldKey:
        JSONTree]
    {
        var answers: [FieldKey: JSONTree] = [:]
        for field in descriptor.form {
            if case .toggle(let initially) = field.input {
                answers[field.key] = .bool(command.flag(field.key) ?? initially)
                continue
            }
            guard let text = command.text(field.key) ?? standard(of: field.key, settings) else {
                if case .line(true) = field.input { throw lacking(field) }
                if case .secret(true) = field.input { throw lacking(field) }
                continue
            }
            if case .choice(let words) = field.input, !words.contains(text) {
                throw BackendError(.invalid, "\(field.title) is one of \(words.joined(separator: ", "))")
            }
            guard lengths.contains(field.key) else {
                answers[field.key] = .string(text)
                continue
            }
            guard let seconds = Length.seconds(text) else {
                throw BackendError(.invalid, "\(field.title) is a length of time such as 30m, 4h or 2d")
            }
            answers[field.key] = .integer(seconds)
        }
        return answers
    }

    /// What an empty answer stands for; nil where it stands for nothing.
    func standard(of key: FieldKey, _ settings: BackendSettings) -> String? {
        guard let standard = standards[key] else { return nil }
        guard standard == "{operator}" else { return standard }
        return settings.operatorName.isEmpty ? "nocturne" : settings.operatorName
    }

    private func lacking(_ field: FormField) -> BackendError {
        BackendError(.invalid, "\(descriptor.title) needs \(field.title.lowercased())")
    }
}

/// A length of time as people write it: `90s`, `30m`, `4h`, `2d`, and several of them.
package enum Length {
    /// The seconds, from one to ten years; nil for anything else.
    package static func seconds(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        var total: Int64 = 0
        var number: Int64?
        for sign in text where sign != " " {
            if let digit = sign.wholeNumberValue, sign.isASCII {
                number = (number ?? 0) * 10 + Int64(digit)
                if number ?? 0 > 315_360_000 { return nil }
            } else {
                guard let unit = units[sign], let count = number else { return nil }
                total += count * unit
                number = nil
                if total > 315_360_000 { return nil }
            }
        }
        return number == nil && total > 0 ? total : nil
    }
}
