internal import Domain
internal import HTTP
internal import JSON

/// Gathers rows whose fields nobody described, and makes a table of them: what they are called first, then what
/// differs between them, then the rest.
struct BrowsedRows {
    private let browser: Browser
    private let place: BrowsePlace
    private let links: BrowseLinks
    private let item: (entry: CatalogueEntry, parameter: String)?
    /// What every row has in exports, so that no field of a server's own is called that.
    private static let common: Set<FieldKey> = ["backend", "path", "fetched_at"]

    private var columns: [BrowsedColumn] = []
    private var slots: [String: Int] = [:]
    private var refs: [EntityRef] = []
    private var cells: [[Value]] = []

    init(_ browser: Browser, at place: BrowsePlace) {
        self.browser = browser
        self.place = place
        links = BrowseLinks(browser: browser)
        item = browser.catalogue.item(of: place.entry)
    }

    var count: Int { refs.count }

    /// Takes the rows of an answer.
    ///
    /// - Parameter address: the page and the way to the rows in it.
    mutating func add(_ rows: JSONArray, at address: BrowseAddress) {
        for (number, row) in rows.enumerated() {
            let own = address.stepping(String(number))
            guard let members = row.object else {
                refs.append(browser.entity(own, .resource))
                add([("value", row)], own)
                continue
            }
            refs.append(path(of: row).map { browser.entity($0, .resource) } ?? browser.entity(own, .resource))
            add(members.map { ($0.key, $0.value) }, own)
        }
    }

    private mutating func add(_ members: [(String, JSONValue)], _ address: BrowseAddress) {
        var row = [Value](repeating: .none, count: columns.count)
        for (key, value) in members {
            let slot = slot(of: key)
            if slot == row.count { row.append(.none) }
            row[slot] = cell(key, value)
            columns[slot].note(row[slot])
        }
        cells.append(row)
    }

    private mutating func slot(of key: String) -> Int {
        if let slot = slots[key] { return slot }
        let slot = columns.count
        slots[key] = slot
        columns.append(BrowsedColumn(key, taken: Self.common.union(columns.map(\.field))))
        return slot
    }

    /// What stands in a cell: a secret as dots, an object by its name, a list by how long it is.
    private func cell(_ key: String, _ value: JSONValue) -> Value {
        if value.isNull { return .none }
        // What is secret in an object is so in the list of them.
        let isSecret =
            browser.manners.isSecret(key, at: place.entry)
            || item.map { browser.manners.isSecret(key, at: $0.entry) } ?? false
        if isSecret { return .text(Browser.mask) }
        return links.link(key, value, at: place.entry) ?? browser.plain(value, at: place.entry)
    }

    /// The path of the object that a row stands for: by its own address, or by what its collection tells objects apart
    /// with.
    private func path(of row: JSONValue) -> BrowseAddress? {
        guard let item else { return nil }
        for key in ["url", "self", "href"] {
            if let text = row[key]?.string, let found = links.place(ofAddress: text) {
                let address = BrowseAddress(found.id)
                if browser.catalogue.place(at: address)?.entry.template == item.entry.template {
                    return address
                }
            }
        }
        func bare(_ text: String) -> String { text.lowercased().filter { $0 != "_" } }
        let last = place.entry.template.description.split(separator: "/").last.map(String.init) ?? ""
        let singular = last.hasSuffix("s") ? String(last.dropLast()) : last
        // What is listed by a word of the row is not the row: a service is no device of that number.
        let names = item.entry.isList ? [item.parameter] : [item.parameter, "id", singular + "_id", "name"]
        for wanted in names {
            let member = row[wanted] ?? row.object?.first { bare($0.key) == bare(wanted) }?.value
            guard let member, member.kind == .string || member.kind == .number, let id = member.text,
                !id.isEmpty
            else { continue }
            var parameters = place.parameters
            parameters[item.parameter] = id
            return item.entry.template.path(parameters).map { BrowseAddress(path: $0) }
        }
        return nil
    }

    // MARK: The table

    /// The rows so far.
    func table() -> Table {
        let ranked = BrowsedColumn.ranked(columns, rows: cells.count)
        let resource = ResourceDescriptor(
            .collection, plural: "rows", pane: .browse, fields: ranked.map(\.field), interval: 0,
            nameField: ranked.first { $0.isName }?.field.key ?? ranked.first?.field.key ?? .name,
            order: [])
        var builder = TableBuilder(resource, browser.settings.id, capacity: refs.count)
        let slots = ranked.map { column in columns.firstIndex { $0.key == column.column.key } ?? 0 }
        for (row, ref) in refs.enumerated() {
            builder.begin(ref)
            for (place, slot) in slots.enumerated() where slot < cells[row].count {
                builder.set(place, cells[row][slot], as: resource.fields[place].type)
            }
        }
        return builder.finish()
    }
}

extension TableBuilder {
    /// Sets a value of whatever kind, in the way that its column shows all of them.
    fileprivate mutating func set(_ column: Int, _ value: Value, as type: FieldType) {
        switch (type, value) {
        case (_, .none): break
        case (.ref, .ref(let entity, let name)): set(column, ref: entity, name: name)
        case (.ref, _): set(column, ref: nil, name: value.words)
        case (.integer, .integer(let number)): set(column, integer: number)
        case (.number, .integer(let number)): set(column, number: Double(number))
        case (.number, .number(let number)): set(column, number: number)
        case (.flag, .flag(let flag)): set(column, flag: flag)
        case (.time, .time(let time)): set(column, time: time)
        default: set(column, text: value.words)
        }
    }
}

extension Value {
    /// The value as a text among others.
    var words: String {
        switch self {
        case .none: ""
        case .text(let text): text
        case .integer(let number): String(number)
        case .number(let number): Quantity.number(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .time(let time): time.iso8601
        case .ref(_, let name): name
        }
    }
}
