internal import AdapterKit
internal import Domain
package import JSON

/// What the places of a template are filled with.
struct Filling {
    var row: JSONValue?
    var id = ""
    var name = ""
    var answers: [FieldKey: JSONTree] = [:]
    var now = Timestamp(0)
    var key = ""
    var value: JSONValue?
    var user = ""
    var password = ""
    /// What somebody searches for.
    var text = ""
    /// The fields of a row as they are shown.
    var field: (FieldKey) -> Value = { _ in .none }

    /// What a place holds; nil for nothing.
    private func tree(_ part: Template.Part) -> JSONTree? {
        switch part {
        case .literal(let text): return .string(text)
        case .pointer(let pointer): return row.flatMap { pointer.value(in: $0) }.map { JSONTree($0) }
        case .id: return id.isEmpty ? nil : .string(id)
        case .name: return name.isEmpty ? nil : .string(name)
        case .answer(let key): return answers[key]
        case .field(let key):
            let value = field(key)
            if case .ref(let entity, _) = value { return .string(entity.id) }
            let text = Quantity.text(value, .text, now: now)
            return text.isEmpty ? nil : .string(text)
        case .moment(nil, let format): return format.tree(now)
        case .moment(let key?, let format):
            guard case .integer(let length) = answers[key] else { return nil }
            return format.tree(Timestamp(now.seconds &+ length))
        case .key: return key.isEmpty ? nil : .string(key)
        case .value(let pointer): return value.flatMap { pointer.value(in: $0) }.map { JSONTree($0) }
        case .user: return .string(user)
        case .password: return .string(password)
        case .text: return text.isEmpty ? nil : .string(text)
        }
    }

    /// A template as a text; nil where a place has nothing, or what is no text.
    func text(_ template: Template) -> String? {
        var text = ""
        for part in template.parts {
            guard let word = tree(part)?.word else { return nil }
            text += word
        }
        return text
    }

    /// A template for people: what is not known is left out; a length of time is said in words.
    func words(_ template: Template) -> String {
        let words = template.parts.map { part -> String in
            if case .answer = part, case .integer(let seconds) = tree(part) {
                return Quantity.duration(seconds)
            }
            return tree(part)?.word ?? ""
        }
        let text = Cleaning.clean(words.joined())
        return String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    /// What a request holds at a place: a single place keeps the type of what it is filled with.
    ///
    /// - Parameter use: what needs it, in words: `query q of /things`.
    /// - Returns: nil where an answer was not given, which leaves the member out.
    /// - Throws: where the row lacks what the request needs. Without it the request would be about more than the row.
    private func tree(_ template: Template, for use: String) throws(BackendError) -> JSONTree? {
        if let part = template.parts.first(where: { $0.isOfRow && tree($0) == nil }) {
            throw lacking(part.spelling, use)
        }
        if template.parts.contains(where: { tree($0) == nil }) { return nil }
        if template.parts.count == 1, let part = template.parts.first { return tree(part) }
        if let part = template.parts.first(where: { tree($0)?.word == nil }) {
            throw BackendError(
                .invalid,
                "\(subject): what the server gives for \(part.spelling) is no text, which \(use) needs")
        }
        return text(template).map { .string($0) }
    }

    /// A template as the text that a request needs.
    ///
    /// - Returns: nil where an answer was not given.
    /// - Throws: where the row has nothing for a place, or what is no text. An empty text narrows nothing, so that it is
    ///   nothing here.
    func needed(_ template: Template, for use: String) throws(BackendError) -> String? {
        guard let tree = try tree(template, for: use) else { return nil }
        guard let text = tree.word, !text.isEmpty || !template.takesRow else {
            throw lacking(template.parts.first { $0.isOfRow }?.spelling ?? "it", use)
        }
        return text
    }

    private func lacking(_ place: String, _ use: String) -> BackendError {
        BackendError(.invalid, "\(subject): the server gives nothing for \(place), which \(use) needs")
    }

    /// What it is about, for words.
    private var subject: String { name.isEmpty ? id.isEmpty ? "the row" : Cleaning.clean(id) : name }

    /// A body filled in.
    func tree(_ body: BodyTemplate, for use: String) throws(BackendError) -> JSONTree? {
        switch body {
        case .constant(let tree): return tree
        case .text(let template): return try tree(template, for: use)
        case .array(let parts):
            var made: [JSONTree] = []
            for part in parts { if let tree = try tree(part, for: use) { made.append(tree) } }
            return .array(made)
        case .object(let members):
            var made: [JSONTree.Member] = []
            for member in members {
                if let tree = try tree(member.body, for: use) { made.append(.init(member.key, tree)) }
            }
            return .object(made)
        case .each(let pointer, let part):
            var made: [JSONTree] = []
            for filling in try elements(at: pointer, byKey: part.takesKey, for: use) {
                if let tree = try filling.tree(part, for: use) { made.append(tree) }
            }
            // A list of nothing is how many servers are asked for everything.
            if made.isEmpty { throw lacking(pointer.text, use) }
            return .array(made)
        }
    }

    /// The same for each element of a list, or for each member of an object where keys are used.
    ///
    /// - Throws: where neither is there: a text in place of a list is not one element, and nothing is not none.
    func elements(
        at pointer: Pointer, byKey: Bool, for use: String
    ) throws(BackendError) -> [Filling] {
        func with(_ key: String, _ value: JSONValue) -> Filling {
            var filling = self
            filling.key = key
            filling.value = value
            return filling
        }
        guard let row, let source = pointer.value(in: row) else { throw lacking(pointer.text, use) }
        if byKey, let members = source.object { return members.map { with($0.key, $0.value) } }
        if !byKey, let elements = source.array { return elements.map { with("", $0) } }
        let wanted = byKey ? "object" : "list"
        throw BackendError(
            .invalid,
            "\(subject): what the server gives at \(pointer.text) is no \(wanted), which \(use) needs")
    }
}

/// The body of a request with places that are filled in.
package indirect enum BodyTemplate: Sendable, Hashable {
    /// What is always the same.
    case constant(JSONTree)
    /// A text with places.
    case text(Template)
    /// Values in order.
    case array([BodyTemplate])
    /// Members in order.
    case object([Member])
    /// A list with one element for each member or element at a pointer into the row.
    case each(Pointer, BodyTemplate)

    /// One member of an object.
    package struct Member: Sendable, Hashable {
        let key: String
        let body: BodyTemplate

        /// Makes a member.
        package init(_ key: String, _ body: BodyTemplate) {
            self.key = key
            self.body = body
        }
    }

    /// Whether it uses the key of what is gone through around it.
    var takesKey: Bool {
        switch self {
        case .constant: false
        case .text(let template): template.takesKey
        case .array(let parts): parts.contains(where: \.takesKey)
        case .object(let members): members.contains(where: \.body.takesKey)
        // What is gone through inside has keys of its own.
        case .each: false
        }
    }

    /// All templates in it.
    package var templates: [Template] {
        switch self {
        case .constant: []
        case .text(let template): [template]
        case .array(let parts): parts.flatMap(\.templates)
        case .object(let members): members.flatMap(\.body.templates)
        case .each(let pointer, let part): [Template(parts: [.pointer(pointer)])] + part.templates
        }
    }
}

extension JSONTree {
    /// A text, number or flag as a text; nil for anything else.
    var word: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): Int64(exactly: number).map { String($0) } ?? String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
