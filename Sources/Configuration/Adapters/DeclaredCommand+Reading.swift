internal import DeclaredAdapter
internal import Domain
internal import HTTP
internal import TOML

extension DeclaredCommand {
    private static let tiers: [(String, Tier)] = [
        ("harmless", .harmless), ("touches-service", .touchesService), ("hurts", .hurts),
    ]

    /// Reads one `[[command]]`, for each kind that it works on; none when something is wrong with it.
    static func read(_ sheet: AdapterSheet, _ resources: [DeclaredResource], _ place: String)
        -> [DeclaredCommand]
    {
        var sheet = sheet
        let kind = sheet.text("kind", "\"acknowledge\"", required: true)
        if let kind, !DeclaredResource.isWord(kind) {
            sheet.complain("kind", "kind is one word in lower case with dashes, such as \"acknowledge\"")
        }
        let title =
            sheet.text("title")
            ?? kind.map { $0.prefix(1).uppercased() + $0.dropFirst().replacing("-", with: " ") }
        let targets = sheet.texts("targets") ?? []
        if targets.isEmpty { sheet.complain(nil, "\(sheet.name) needs targets = [\"alert\"]") }
        for target in targets where !resources.contains(where: { $0.descriptor.kind.rawValue == target }) {
            let kinds = resources.map(\.descriptor.kind.rawValue)
            sheet.complain(
                "targets",
                "there is no [[resource]] of kind \"\(target)\"\(Nearest.hint(target, among: kinds))")
        }
        let tier = sheet.choice("tier", tiers.map(\.0)).flatMap { word in tiers.first { $0.0 == word }?.1 }
        let effect = sheet.text("effect", "\"What it does to the world.\"", required: true)
        let bulk = sheet.flag("bulk") ?? true
        let guardWindow = sheet.whole("guard", in: 1...86_400)
        var form = Form()
        for field in sheet.sheets("form") { form.read(field) }
        var skips: [Skip] = []
        for var skip in sheet.sheets("skip") {
            let condition = skip.condition()
            let words = skip.text("words", "\"it is silenced already\"", required: true)
            skip.close()
            if let condition, let words { skips.append(Skip(condition, words)) }
        }
        let state = sheet.template("state")
        let summary = sheet.template("summary", required: true)
        let warning = sheet.text("warning") ?? ""
        var shared: (at: Pointer, words: String)?
        if var sharing = sheet.sheet("shares") {
            let at = sharing.pointer("at", required: true)
            let words = sharing.text("words", "\"The silence also covers\"", required: true)
            sharing.close()
            if let at, let words { shared = (at, words) }
        }
        let undo = sheet.text("undo")
        let steps = sheet.sheets("step").compactMap { DeclaredStep.read($0) }
        if sheet.table["step"] == nil {
            sheet.complain(nil, "\(sheet.name) sends nothing: add [[command.step]]")
        }
        let verification = sheet.sheet("verify", required: true).flatMap { Self.verification($0, place) }
        sheet.close()
        let asked = Set(form.fields.map(\.key))
        var templates = steps.flatMap(\.templates) + [summary, state].compactMap { $0 }
        if case .equals(_, let template) = verification?.test { templates.append(template) }
        templates += verification?.source?.read.templates ?? []
        for key in Set(templates.flatMap(\.answers)).subtracting(asked).sorted(by: {
            $0.rawValue < $1.rawValue
        }) {
            sheet.complain(
                nil, "{form.\(key)}: form asks for no \"\(key)\": add form = [{ key = \"\(key)\", … }]")
        }
        guard let kind, let title, let effect, let summary, let verification, !steps.isEmpty else {
            return []
        }
        return targets.map { target in
            let target = ResourceKind(rawValue: target)
            var command = DeclaredCommand(
                CommandDescriptor(
                    CommandKind(rawValue: kind), title: title, targets: [target], tier: tier ?? .hurts,
                    effect: effect,
                    form: form.fields, bulk: bulk, guardWindow: guardWindow.map(Double.init)),
                target: target, steps: steps, verification: verification, summary: summary)
            command.skips = skips
            command.state = state
            command.warning = warning
            command.shared = shared
            command.undo = undo.map { CommandKind(rawValue: $0) }
            command.lengths = form.lengths
            command.standards = form.standards
            return command
        }
    }

    private struct Form {
        var fields: [FormField] = []
        var lengths: Set<FieldKey> = []
        var standards: [FieldKey: String] = [:]

        mutating func read(_ sheet: AdapterSheet) {
            var sheet = sheet
            defer { sheet.close() }
            let key = sheet.text("key", "\"note\"", required: true)
            if let key, !DeclaredResource.isWord(key) {
                sheet.complain("key", "key is one word in lower case with underscores, such as \"note\"")
            }
            let title = sheet.text("title", "\"Note\"", required: true)
            let input = sheet.choice("input", ["line", "length", "choice", "flag", "secret"]) ?? "line"
            let isRequired = sheet.flag("required") ?? false
            let standard = sheet.text("standard")
            let words = sheet.texts("words") ?? []
            if input == "choice", words.isEmpty { sheet.complain(nil, "a choice needs words = [\"…\"]") }
            if input != "choice", sheet.table["words"] != nil {
                sheet.complain("words", "words are for a choice")
            }
            if let standard, input == "length", Length.seconds(standard) == nil {
                sheet.complain("standard", "a length of time is written as 30m, 4h or 2d")
            }
            if let standard, input == "choice", !words.contains(standard) {
                sheet.complain("standard", "standard is one of words")
            }
            if standard != nil, isRequired || input == "flag" || input == "secret" {
                sheet.complain(
                    "standard", "standard is what an empty answer stands for: leave out required, or standard"
                )
            }
            if input == "length", !isRequired, standard == nil {
                sheet.complain(nil, "a length needs standard = \"4h\", or required = true")
            }
            guard let key, let title else { return }
            let id = FieldKey(rawValue: key)
            if fields.contains(where: { $0.key == id }) {
                sheet.complain("key", "there are two questions \"\(key)\"")
            }
            standards[id] = standard
            if input == "length" { lengths.insert(id) }
            switch input {
            case "choice": fields.append(FormField(id, title, .choice((isRequired ? [] : [""]) + words)))
            case "flag": fields.append(FormField(id, title, .toggle(initially: false)))
            case "secret": fields.append(FormField(id, title, .secret(required: isRequired)))
            default: fields.append(FormField(id, title, .line(required: isRequired)))
            }
        }
    }

    private static func verification(_ sheet: AdapterSheet, _ place: String) -> Verification? {
        var sheet = sheet
        let source = sheet.sheet("read").flatMap { DeclaredResource.source($0, place, titled: false) }
        let words = sheet.text("words", "\"it is silenced\"", required: true)
        if sheet.table["changes"] != nil {
            let pointer = sheet.pointer("changes")
            if sheet.table["read"] != nil {
                sheet.complain("read", "changes compares the row with what it was: leave out read")
            }
            sheet.close()
            guard let pointer, let words else { return nil }
            return Verification(nil, .changes(pointer), words: words)
        }
        if sheet.table["equals"] != nil {
            let at = sheet.pointer("at", required: true)
            let template = sheet.template("equals")
            sheet.close()
            guard let at, let template, let words else { return nil }
            return Verification(source, .equals(at, template), words: words)
        }
        let condition = sheet.condition()
        sheet.close()
        guard let condition, let words else { return nil }
        return Verification(source, .holds(condition), words: words)
    }
}

extension DeclaredStep {
    /// Reads one `[[command.step]]`; nil when something is wrong with it.
    fileprivate static func read(_ sheet: AdapterSheet) -> DeclaredStep? {
        var sheet = sheet
        let methods: [Method] = [.post, .put, .patch, .delete]
        let method = sheet.choice("method", methods.map(\.rawValue), required: true).flatMap {
            Method(rawValue: $0)
        }
        let path = sheet.path()
        let query = sheet.stepQuery()
        let each = sheet.pointer("each")
        let body = sheet.body("body")
        sheet.close()
        guard let method, let path else { return nil }
        return DeclaredStep(method, path.template, path.parameters, query: query, body: body, each: each)
    }
}
