internal import Canvas
internal import Dashboard
internal import Domain
internal import Filter
internal import TOML

extension DescribedLink {
    /// Reads one `[[link]]`; nil when it can't do what was meant, and then there is a complaint.
    ///
    /// - Parameter resources: what backends of these kinds can list; nil leaves the fields unchecked.
    init?(_ values: SettingValues, _ resources: [ResourceDescriptor]?, reader: inout SchemaReader) {
        guard values.faults.isEmpty, let name = values.text("name"), let target = values.text("to") else {
            return nil
        }
        var isSound = true
        func complain(at position: TOMLPosition, _ words: String) {
            reader.complain(.error, at: position, words)
            isSound = false
        }
        if name.allSatisfy(\.isWhitespace) || name.unicodeScalars.contains(where: CleanText.isHostile) {
            complain(at: values.position(of: "name"), "name is a text of one line")
        }
        func place(_ text: String, _ position: TOMLPosition) -> Place? {
            switch Self.place(text, resources) {
            case .success(let place): return place
            case .failure(let fault):
                complain(at: position, fault.words)
                return nil
            }
        }
        let sources = values.texts("from")
        let from = sources.compactMap { place($0.text, $0.position) }
        if sources.isEmpty {
            complain(at: values.position(of: "from"), "from is empty: nothing would be linked")
        }
        if Set(from.map(\.kind)).count > 1 {
            complain(
                at: values.position(of: "from"),
                "from names fields of several kinds: write a [[link]] for each kind")
        }
        let to = place(target, values.position(of: "to"))
        if let to, from.contains(to) {
            complain(at: values.position(of: "to"), "to is a field of from: a link goes to another field")
        }
        var pattern: KeyPattern?
        if let text = values.text("pattern") {
            do throws(KeyPattern.Fault) {
                pattern = try KeyPattern(text, template: values.text("value"))
            } catch {
                switch error {
                case .expression(let remark):
                    complain(at: values.position(of: "pattern").inside(text, remark.column), remark.words)
                case .template(let column, let words):
                    let key = values.holds("value") ? "value" : "pattern"
                    complain(
                        at: values.position(of: key).inside(values.text(key) ?? "", column), words)
                }
            }
        } else if values.holds("value") {
            complain(
                at: values.position(of: "value"), "value is made of the groups of a pattern: there is none")
        }
        guard isSound, let to else { return nil }
        self.init(name, from: from, pattern: pattern, to: to)
    }

    private struct Fault: Error {
        var words: String
    }

    /// A field as it is written, `port.alias`; or why there is none.
    private static func place(_ text: String, _ resources: [ResourceDescriptor]?) -> Result<Place, Fault> {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            return .failure(Fault(words: "\"\(text)\" is no field: write KIND.FIELD, such as port.alias"))
        }
        let place = Place(ResourceKind(rawValue: parts[0]), FieldKey(rawValue: parts[1]))
        guard let resources else { return .success(place) }
        let kinds = Set(resources.map(\.kind.rawValue)).sorted()
        guard kinds.contains(parts[0]) else {
            let hint = Nearest.hint(parts[0], among: kinds)
            return .failure(
                Fault(words: "there is no kind \"\(parts[0])\"\(hint); nocturne fields lists all"))
        }
        let fields = resources.filter { $0.kind == place.kind }.flatMap { $0.fields.map(\.key.rawValue) }
        guard fields.contains(parts[1]) else {
            let hint = Nearest.hint(parts[1], among: fields)
            return .failure(
                Fault(words: "a \(parts[0]) has no field \"\(parts[1])\"\(hint); nocturne fields lists all"))
        }
        return .success(place)
    }
}
