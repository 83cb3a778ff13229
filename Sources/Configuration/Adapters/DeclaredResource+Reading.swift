internal import DeclaredAdapter
internal import Domain
internal import HTTP
internal import TOML

extension DeclaredResource {
    /// Reads one `[[resource]]`; nil when something is wrong with it.
    static func read(_ sheet: AdapterSheet, _ place: String) -> DeclaredResource? {
        var sheet = sheet
        let kind = sheet.text("kind", "\"device\"", required: true)
        if let kind, !Self.isWord(kind) {
            sheet.complain("kind", "kind is one word in lower case, in the singular, such as \"device\"")
        }
        let plural = sheet.text("plural", "\"devices\"", required: true)
        let pane = sheet.text("pane")
        let interval = sheet.whole("interval", in: 5...86_400) ?? 60
        let counted = sheet.flag("feeds_counts")
        let isOnDemand = sheet.flag("on_demand") ?? false
        let read = sheet.read(place, given: [])
        let isSingle = sheet.flag("single") ?? false
        let rows = sheet.pointer("rows", required: true)
        let paging = sheet.sheet("paging").flatMap { Self.paging($0) } ?? .none
        let identity = Self.identity(&sheet)
        var only: [Condition] = []
        for var condition in sheet.sheets("only") {
            if let read = condition.condition() { only.append(read) }
            condition.close()
        }
        let fields = sheet.sheets("field").compactMap { DeclaredField.read($0, place) }
        if kind == "alert" { Self.checkStates(fields, sheet) }
        if fields.isEmpty { sheet.complain(nil, "\(sheet.name) has no fields: add [[resource.field]]") }
        let nameField = FieldKey(rawValue: sheet.text("name_field") ?? "name")
        if !fields.isEmpty, !fields.contains(where: { $0.field.key == nameField }) {
            sheet.complain(
                sheet.table["name_field"] == nil ? nil : "name_field",
                "rows are called by the field \"\(nameField)\", and there is none: add it, or name another as name_field"
            )
        }
        var keys: Set<FieldKey> = []
        for field in fields where !keys.insert(field.field.key).inserted {
            sheet.complain("field", "there are two fields \"\(field.field.key)\"")
        }
        var order: [SortKey] = []
        for text in sheet.texts("order") ?? [] {
            let key = FieldKey(rawValue: String(text.drop { $0 == "-" }))
            if !keys.contains(key) { sheet.complain("order", "order names \"\(key)\", which is no field") }
            order.append(SortKey(key, descending: text.hasPrefix("-")))
        }
        let item = sheet.sheet("item").flatMap { Self.source($0, place, titled: false) }
        let sections = sheet.sheets("section").compactMap { Self.source($0, place, titled: true) }
        let web = sheet.template("web")
        if let web, web.parts.contains(where: { !Self.fitsWeb($0) }) {
            sheet.complain("web", "a web address is filled with {id} and {field.KEY} alone")
        }
        if let text = sheet.table["web"]?.string, !text.hasPrefix("/") {
            sheet.complain("web", "web is a path of the server's web interface: it begins with a slash")
        }
        let search = sheet.sheet("search").flatMap { Self.search($0, place, rows: rows) }
        sheet.close()
        guard let kind, let plural, let read, let rows, let identity else { return nil }
        let resourceKind = ResourceKind(rawValue: kind)
        let descriptor = ResourceDescriptor(
            resourceKind, plural: plural, pane: pane.map { PaneName(rawValue: $0) },
            fields: fields.map(\.field),
            interval: Double(interval),
            feedsCounts: counted ?? (ResourceDescriptor.Tally(resourceKind) != nil), nameField: nameField,
            order: order, isOnDemand: isOnDemand)
        var resource = DeclaredResource(
            descriptor, read, rows: rows, isSingle: isSingle, paging: paging, identity: identity, only: only,
            fields: fields)
        resource.item = item
        resource.sections = sections
        resource.web = web
        resource.search = search
        return resource
    }

    /// A state that nobody knows would count as open, whatever it means.
    private static func checkStates(_ fields: [DeclaredField], _ sheet: AdapterSheet) {
        let known = AlertState.allCases.map(\.rawValue)
        for field in fields where field.field.key == .state {
            for word in field.words where !known.contains(word) {
                sheet.complain(
                    "field",
                    "\"\(word)\" is no state of an alert\(Nearest.hint(word, among: known)); there is "
                        + known.joined(separator: ", "))
            }
        }
    }

    static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 32
            && text.utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == 45 || $0 == 95
            }
    }

    private static func fitsWeb(_ part: Template.Part) -> Bool {
        switch part {
        case .literal, .id, .field: true
        default: false
        }
    }

    private static func identity(_ sheet: inout AdapterSheet) -> Identity? {
        guard let node = sheet.node("id", "\"{/id}\"", required: true) else { return nil }
        if let table = node.table {
            var inner = AdapterSheet(table, "id of \(sheet.name)", sheet.complaints)
            if table["digest"] == nil { inner.complain(nil, "id needs digest = \"/labels\"") }
            let digest = inner.pointers("digest")
            inner.close()
            return digest.map { .digest($0) }
        }
        guard let text = node.string else {
            sheet.complain("id", "id is a template such as \"{/id}\", or { digest = \"/labels\" }")
            return nil
        }
        guard let template = sheet.template(text, "id") else { return nil }
        if template.pointers.isEmpty {
            let hint = text.hasPrefix("/") ? ": write \"{\(text)}\"" : ", such as \"{/id}\""
            sheet.complain("id", "id = \"\(text)\" is the same for all rows\(hint)")
        }
        return .template(template)
    }

    private static func paging(_ sheet: AdapterSheet) -> Paging? {
        var sheet = sheet
        defer { sheet.close() }
        let style = sheet.choice("style", ["none", "offset", "page", "next", "cursor"], required: true)
        // Without a style nobody knows which keys are right.
        if style == nil { for entry in sheet.table.entries { _ = sheet.node(entry.key, "") } }
        switch style {
        case "none": return Paging.none
        case "offset":
            let offset = sheet.queryName("offset") ?? "offset"
            let limit = sheet.queryName("limit") ?? "limit"
            let size = sheet.whole("size", in: 1...100_000, required: true)
            let total = sheet.pointer("total")
            return size.map { .offset(offset: offset, limit: limit, size: $0, total: total) }
        case "page":
            let page = sheet.queryName("page") ?? "page"
            let first = sheet.whole("first", in: 0...1) ?? 1
            let size = sheet.whole("size", in: 1...100_000)
            let key = sheet.queryName("limit") ?? "per_page"
            let total = sheet.pointer("total")
            return .page(page: page, size: size.map { (key, $0) }, first: first, total: total)
        case "next":
            let next = sheet.pointer("next", required: true)
            let keep = sheet.texts("keep") ?? []
            for name in keep { sheet.refuseDisguise(name, sheet.table["keep"]?.position) }
            if keep.isEmpty {
                sheet.complain(
                    nil, "paging by next needs keep = [\"page\"]: what of the address's query is used")
            }
            let isOptional = sheet.flag("optional") ?? false
            return next.map { .next($0, keeping: Set(keep), isOptional: isOptional) }
        case "cursor":
            let cursor = sheet.pointer("cursor", required: true)
            let key = sheet.queryName("key", "\"cursor\"", required: true)
            let isOptional = sheet.flag("optional") ?? false
            guard let cursor, let key else { return nil }
            return .cursor(cursor, key: key, isOptional: isOptional)
        default: return nil
        }
    }

    private static func search(_ sheet: AdapterSheet, _ place: String, rows: Pointer?) -> DeclaredSearch? {
        var sheet = sheet
        let words = sheet.text("words", "\"a part of a name\"", required: true)
        let read = sheet.read(place, given: [], search: true)
        let at = sheet.pointer("rows") ?? rows
        if let read, !read.takesText {
            sheet.complain(nil, "a search needs {text} in query or with: what somebody typed")
        }
        sheet.close()
        guard let words, let read, let at else { return nil }
        return DeclaredSearch(words, read, rows: at)
    }

    static func source(_ sheet: AdapterSheet, _ place: String, titled: Bool) -> DeclaredSource? {
        var sheet = sheet
        let title = titled ? sheet.text("title", "\"Silences\"", required: true) : ""
        let read = sheet.read(place)
        let at = sheet.pointer("at") ?? .whole
        sheet.close()
        guard let title, let read else { return nil }
        return DeclaredSource(title, read, at: at)
    }
}
