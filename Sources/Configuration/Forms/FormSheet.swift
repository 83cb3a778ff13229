public import Dashboard
public import Domain
internal import TOML

/// A form as TOML, for the operator's own editor: one key per question, with comments that say what it takes.
public enum FormSheet {
    /// Writes a form; one that could not be taken comes as it was written, with what is wrong on top.
    public static func text(_ draft: Draft) -> String {
        if let rejected = draft.rejected {
            // In place of the first comment, so that the lines keep their numbers; an older complaint goes with it.
            let lines = rejected.text.split(separator: "\n", omittingEmptySubsequences: false)
            let own = lines.first?.hasPrefix("#") == true ? lines.dropFirst() : lines[...]
            let complaint = "# NOT TAKEN: \(Cleaning.clean(rejected.words))"
            return ([complaint] + own.map(String.init)).joined(separator: "\n")
        }
        var text = """
            # Save and leave to go on with it; nothing is sent before it is confirmed.
            # An empty file leaves the form as it was.
            # \(Cleaning.clean(draft.title))

            """
        for field in draft.fields {
            text += "\n# \(Cleaning.clean(field.field.title))\(words(field.field.input))\n"
            text +=
                field.value.isNone
                ? "# \(key(field.field.key)) is not set\n"
                : "\(key(field.field.key)) = \(value(field.value))\n"
        }
        return text
    }

    /// Reads a form back; keys that are left out stay as they are.
    ///
    /// - Throws: what is wrong, with the line; the text is in it, so that nothing is lost.
    public static func answers(in text: String, to draft: Draft) throws(FormFault) -> [FieldKey: Value] {
        let table: TOMLTable
        do {
            table = try TOMLTable.parse(text)
        } catch {
            throw FormFault("line \(error.position.line): \(Cleaning.clean(error.words))")
        }
        var answers: [FieldKey: Value] = [:]
        for entry in table.entries {
            let line = "line \(entry.node.position.line)"
            guard let field = draft.fields.first(where: { $0.field.key.rawValue == entry.key })?.field else {
                let known = draft.fields.map(\.field.key.rawValue).joined(separator: ", ")
                throw FormFault(
                    "line \(entry.position.line): \(Cleaning.clean(entry.key)) is no key here: use \(known)")
            }
            do throws(FormFault) {
                answers[field.key] = try answer(entry.node, to: field)
            } catch {
                throw FormFault("\(line): \(Cleaning.clean(entry.key)) \(error.words)")
            }
        }
        return answers
    }

    private static func answer(_ node: TOMLNode, to field: FormField) throws(FormFault) -> Value {
        switch field.input {
        case .toggle:
            guard let flag = node.flag else { throw FormFault("is true or false, not \(node.kind)") }
            return .flag(flag)
        case .choice(let choices):
            guard let word = plain(node), choices.contains(word) else {
                throw FormFault("is one of \(choices.filter { !$0.isEmpty }.joined(separator: ", "))")
            }
            return .text(word)
        case .line(let isRequired):
            guard let text = plain(node) else { throw FormFault("is a text in quotes, not \(node.kind)") }
            if isRequired, text.allSatisfy(\.isWhitespace) { throw FormFault("is needed") }
            return .text(text)
        case .secret, .carried: throw FormFault("can't be set here")
        }
    }

    /// A text, or a number or flag that somebody wrote without quotes.
    private static func plain(_ node: TOMLNode) -> String? {
        switch node.value {
        case .string(let text): text.hasSuffix("\n") ? String(text.dropLast()) : text
        case .integer(let number): String(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .number, .moment, .array, .table: nil
        }
    }

    private static func words(_ input: FormField.Input) -> String {
        switch input {
        case .toggle: ": true or false"
        case .choice(let choices):
            ": \(choices.filter { !$0.isEmpty }.map(Cleaning.clean).joined(separator: ", "))"
        case .line(let isRequired): isRequired ? " (needed)" : ""
        case .secret, .carried: ""
        }
    }

    private static func key(_ key: FieldKey) -> String {
        let isBare =
            !key.rawValue.isEmpty
            && key.rawValue.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || $0 == 0x2D || $0 == 0x5F
            }
        return isBare ? key.rawValue : TOMLText.quoted(key.rawValue)
    }

    private static func value(_ value: Value) -> String {
        switch value {
        case .flag(let flag): flag ? "true" : "false"
        case .text(let text): string(text)
        default: "\"\""
        }
    }

    /// A text with as few escapes as its signs allow: rules are full of quotes.
    private static func string(_ text: String) -> String {
        let bytes = text.utf8
        // One newline at the end is the editor's and is taken off when it is read.
        let escaped = TOMLText.quoted(bytes.last == 0x0A ? text + "\n" : text)
        let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A }
        guard isPlain, bytes.contains(where: { [0x22, 0x5C, 0x0A].contains($0) }) else { return escaped }
        let hasApostrophe = bytes.contains(0x27)
        if !bytes.contains(0x0A) { return hasApostrophe ? escaped : "'\(text)'" }
        return hasApostrophe ? escaped : "'''\n\(text)\n'''"
    }
}

/// Why a text is no form, and in which line.
public struct FormFault: Error, Sendable, Hashable {
    /// What is wrong and what to do.
    public let words: String

    init(_ words: String) { self.words = words }
}
