internal import CPCRE2

/// A regular expression that takes a key out of a text: its named groups fill a template.
///
/// Without an upper-case letter it matches in any case, as a filter does.
public struct KeyPattern: Hashable, Sendable {
    /// As the operator wrote it.
    public let source: String
    /// As the operator wrote it; nil takes the only group, or the whole match where there is none.
    public let template: String?
    private let regex: Regex
    private let parts: [Part]

    private enum Part: Sendable {
        case text(String)
        case group(UInt32)
    }

    /// Why an expression or its template can't be used.
    public enum Fault: Error, Equatable {
        /// The expression is none; the column counts its scalars before the mistake.
        case expression(FilterRemark)
        /// The template asks for what is not there; the column counts its characters before the mistake.
        case template(column: Int, words: String)
    }

    /// Makes an expression, if it and its template fit each other.
    public init(_ source: String, template: String? = nil) throws(Fault) {
        self.source = source
        self.template = template
        do throws(FilterRemark) {
            regex = try Regex.compile(source, matchesCase: FilterPattern(source).matchesCase)
        } catch {
            throw .expression(error)
        }
        let groups = regex.groups
        if let template {
            parts = try Self.parts(template, groups)
        } else if groups.count <= 1 {
            parts = [.group(groups.first?.number ?? 0)]
        } else {
            let names = groups.map { "{\($0.name)}" }.joined()
            throw .template(
                column: 0,
                words: "the expression has several groups: say how they make a value, as in \(names)")
        }
    }

    private static func parts(
        _ template: String, _ groups: [(name: String, number: UInt32)]
    ) throws(Fault) -> [Part] {
        var parts: [Part] = []
        var text = ""
        var rest = Substring(template)
        while let character = rest.popFirst() {
            guard character == "{" || character == "}" else {
                text.append(character)
                continue
            }
            if rest.first == character {
                text.append(character)
                rest.removeFirst()
                continue
            }
            let column = template.count - rest.count - 1
            guard character == "{", let end = rest.firstIndex(of: "}") else {
                throw .template(column: column, words: "a single brace: write it twice, or name a group")
            }
            let name = String(rest[..<end])
            guard let group = groups.first(where: { $0.name == name }) else {
                let known = groups.map { "{\($0.name)}" }.joined(separator: ", ")
                throw .template(
                    column: column,
                    words: "the expression has no group \"\(name)\""
                        + (known.isEmpty ? ": name one as in (?<\(name)>…)" : "; there is \(known)"))
            }
            if !text.isEmpty { parts.append(.text(text)) }
            text = ""
            parts.append(.group(group.number))
            rest = rest[rest.index(after: end)...]
        }
        if !text.isEmpty { parts.append(.text(text)) }
        guard parts.contains(where: { if case .group = $0 { true } else { false } }) else {
            throw .template(
                column: 0, words: "it names no group, so that every row would be linked with every one")
        }
        return parts
    }

    /// The key in a text; nil where the expression does not match, or a group of the template took no part.
    public func key(in text: String) -> String? {
        let numbers = parts.compactMap { if case .group(let number) = $0 { number } else { nil } }
        guard var found = regex.groups(numbers, in: text)?[...] else { return nil }
        var key = ""
        for part in parts {
            switch part {
            case .text(let text): key += text
            case .group:
                guard let value = found.popFirst() ?? nil, !value.isEmpty else { return nil }
                key += value
            }
        }
        return key
    }

    /// Whether both are written alike.
    public static func == (a: KeyPattern, b: KeyPattern) -> Bool {
        a.source == b.source && a.template == b.template
    }

    /// By what is written.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(source)
        hasher.combine(template)
    }
}
