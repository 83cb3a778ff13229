internal import Dashboard
internal import Domain
internal import Filter
internal import TOML
internal import Wallboard

/// What the pages of a wallboard may speak of.
struct WallboardWords {
    /// The themes that there are; nil leaves their names unchecked.
    var themes: [String]?
    /// What the servers can list; nil leaves panes, filters and orders unchecked.
    var resources: [ResourceDescriptor]?
    /// The names of the backends.
    var backends: [String]
}

extension WallboardProfile {
    /// Reads one `[[wallboard]]`; nil when it can't be shown as it was meant, and then there is a complaint.
    init?(_ values: SettingValues, _ words: WallboardWords, reader: inout SchemaReader) {
        var isSound = values.faults.isEmpty
        let pages = values.sections("page").compactMap { page -> WallboardPage? in
            guard page.faults.isEmpty, let page = WallboardPage(page, words, reader: &reader) else {
                isSound = false
                return nil
            }
            return page
        }
        func theme(_ values: SettingValues?) -> String? {
            guard let values, let name = values.text("theme") else { return nil }
            if let themes = words.themes, !themes.contains(name) {
                let hint = Nearest.hint(name, among: themes)
                reader.complain(
                    .error, at: values.position(of: "theme"), "there is no theme \"\(name)\"\(hint)")
                isSound = false
            }
            return name
        }
        let night = values.section("night")
        let hours = night.flatMap { night -> NightHours? in
            guard let from = night.number("from"), let to = night.number("to") else { return nil }
            return NightHours(from: Int(from), to: Int(to), theme: theme(night))
        }
        let day = theme(values)
        guard isSound, let name = values.text("name") else { return nil }
        self.init(
            name: name, pages: pages, theme: day, night: hours,
            redaction: Set(values.list("redact").compactMap(Redaction.init)),
            isLocked: values.flag("lock") ?? false,
            shiftEvery: values.number("shift") ?? Self.standard.shiftEvery)
    }
}

extension SettingValues {
    /// Where a character of a text stands; where the text begins when it is not written as it is read.
    func position(of key: String, _ text: String, _ column: Int) -> TOMLPosition {
        position(of: key).inside(text, column)
    }
}

extension WallboardPage {
    fileprivate init?(_ values: SettingValues, _ words: WallboardWords, reader: inout SchemaReader) {
        guard let name = values.text("view") else { return nil }
        let resources = words.resources
        let panes = resources.map { Pane.all(for: $0).map(\.name.rawValue) }
        let views = ["overview", "map"] + (panes ?? [])
        if panes != nil, !views.contains(name) {
            let known = views.map { "\"\($0)\"" }.joined(separator: ", ")
            reader.complain(
                .error, at: values.position(of: "view"),
                "there is no page \"\(name)\"\(Nearest.hint(name, among: views)); there is \(known)")
            return nil
        }
        let view: View =
            switch name {
            case "overview": .overview
            case "map": .map
            default: .pane(PaneName(rawValue: name))
            }
        // The overview lists alerts, the map devices.
        let pane = PaneName(rawValue: name == "overview" ? "alerts" : name == "map" ? "devices" : name)
        let listed = resources.map { $0.filter { $0.pane == pane } } ?? []
        let vocabulary = FilterVocabulary(listed, backends: words.backends, isStrict: true)
        var order: [SortKey] = []
        var isSound = true
        if let text = values.text("filter"), resources != nil {
            switch FilterExpression.parse(text, vocabulary) {
            case .finished: break
            case .unfinished(let remark), .failed(let remark):
                reader.complain(
                    .error, at: values.position(of: "filter", text, remark.column),
                    "column \(remark.column + 1) of the filter: \(remark.words)")
                isSound = false
            }
        }
        if let text = values.text("sort"), resources != nil {
            do throws(FilterVocabulary.UnknownField) {
                order = try vocabulary.order(text)
            } catch {
                let keys = vocabulary.fieldKeys.map(\.rawValue)
                reader.complain(
                    .error, at: values.position(of: "sort"),
                    "\(name) have no field \"\(error.name)\"\(Nearest.hint(error.name, among: keys)); "
                        + "nocturne fields lists all")
                isSound = false
            }
        }
        guard isSound else { return nil }
        self.init(
            view, title: values.text("title"), filter: values.text("filter") ?? "", order: order,
            dwell: values.number("dwell") ?? 20, needsRows: values.text("only_if") == "rows")
    }
}
