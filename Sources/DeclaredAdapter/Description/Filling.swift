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

    /// What a body holds at a place: a single place keeps the type of what it is filled with.
    ///
    /// - Returns: nil where an answer was not given, which leaves the member out.
    /// - Throws: where the row lacks what the request needs.
    func tree(_ template: Template) throws(BackendError) -> JSONTree? {
        for part in template.parts where tree(part) == nil {
            switch part {
            case .answer, .moment: return nil
            case .pointer(let pointer): throw lacking(pointer.text)
            default: throw lacking("it")
            }
        }
        if template.parts.count == 1, let part = template.parts.first { return tree(part) }
        guard let text = text(template) else { throw lacking("a text") }
        return .string(text)
    }

    private func lacking(_ what: String) -> BackendError {
        BackendError(
            .invalid, "the server gives nothing at \(what), which the request needs; nothing was sent")
    }

    /// A body filled in.
    func tree(_ body: BodyTemplate) throws(BackendError) -> JSONTree? {
        switch body {
        case .constant(let tree): return tree
        case .text(let template): return try tree(template)
        case .array(let parts):
            var made: [JSONTree] = []
            for part in parts { if let tree = try tree(part) { made.append(tree) } }
            return .array(made)
        case .object(let members):
            var made: [JSONTree.Member] = []
            for member in members {
                if let tree = try tree(member.body) { made.append(.init(member.key, tree)) }
            }
            return .object(made)
        case .each(let pointer, let part):
            guard let row, let source = pointer.value(in: row) else { throw lacking(pointer.text) }
            var made: [JSONTree] = []
            for filling in elements(of: source) { if let tree = try filling.tree(part) { made.append(tree) } }
            return .array(made)
        }
    }

    /// The same for each member of an object or element of a list.
    func elements(of source: JSONValue) -> [Filling] {
        func with(_ key: String, _ value: JSONValue) -> Filling {
            var filling = self
            filling.key = key
            filling.value = value
            return filling
        }
        if let members = source.object { return members.map { with($0.key, $0.value) } }
        return source.array?.enumerated().map { with(String($0.offset), $0.element) } ?? []
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
