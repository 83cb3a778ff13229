public import Domain

/// What a pane shows, as data: the kinds of its rows, its columns, its order.
///
/// A pane of the product fixes only the order of its usual columns; everything else comes from the descriptors of
/// the backends, so that a new resource needs no change here.
public struct Pane: Sendable, Hashable {
    /// The word on its tab.
    public let name: PaneName
    /// The kinds of its rows.
    public var kinds: Set<ResourceKind>
    /// The columns in order; the first `sticky` stay while scrolling sideways.
    public var columns: [PaneColumn]
    /// Every column that could be shown, in the order in which the chooser lists them.
    public private(set) var available: [PaneColumn]
    /// The columns that are shown unless others are chosen.
    public private(set) var usualColumns: [PaneColumn]
    /// How many columns stay.
    public var sticky: Int
    /// The order at first.
    public var order: [SortKey]
    /// What rows can be grouped by.
    public var groupings: [PaneColumn] = []

    /// The columns that a row's own kind adds to the usual ones, and what the usual ones are.
    struct Usual {
        let name: PaneName
        let columns: [FieldKey]
        let sticky: Int
        let order: [SortKey]
        var groupings: [FieldKey] = []
    }

    /// The panes that the product names, in the order of their tabs.
    static let usual: [Usual] = [
        devicesPane, portsPane, alertsPane, billsPane, bondsPane, rulesPane, customersPane,
    ]

    /// Where panes stand whose keys are numbers; others follow in the order in which backends name them.
    private static let places: [PaneName] = [
        .overview, .devices, .ports, .alerts, .bills, .bonds, .rules, .customers, "browse",
    ]

    /// The panes for what the backends offer: the product's own, then one for every other pane that they name.
    ///
    /// - Parameter backendWidth: the columns of the widest name of a backend; nil leaves that column out.
    public static func all(for resources: [ResourceDescriptor], backendWidth: Int? = 10) -> [Pane] {
        var panes = usual.map { usual in
            Pane(usual, resources: resources.filter { $0.pane == usual.name }, backendWidth)
        }
        for resource in resources {
            guard let name = resource.pane, !panes.contains(where: { $0.name == name }) else { continue }
            let usual = Usual(name: name, columns: [], sticky: 1, order: resource.order)
            panes.append(Pane(usual, resources: resources.filter { $0.pane == name }, backendWidth))
        }
        let ranks = panes.enumerated().map { places.firstIndex(of: $1.name) ?? places.count + $0 }
        return zip(ranks, panes).sorted { $0.0 < $1.0 }.map(\.1)
    }

    init(_ usual: Usual, resources: [ResourceDescriptor], _ backendWidth: Int?) {
        name = usual.name
        kinds = Set(resources.map(\.kind))
        sticky = usual.sticky
        order = usual.order
        var columns: [PaneColumn] = []
        func add(_ key: FieldKey) {
            guard !columns.contains(where: { $0.key == key }) else { return }
            if key == .backend {
                guard let width = backendWidth.map({ max(4, min(12, $0)) }) else { return }
                columns.append(
                    PaneColumn(Field(.backend, "Backend", .word, width: width...max(7, width), priority: 2)))
            } else if key == .trend {
                guard resources.contains(where: { !$0.trends.isEmpty }) else { return }
                columns.append(PaneColumn(Field(.trend, "Trend", .word, width: 8...24, priority: 8)))
            } else if let field = resources.lazy.compactMap({ $0.fields.first { $0.key == key } }).first {
                columns.append(PaneColumn(field))
            }
        }
        usual.columns.forEach(add)
        for resource in resources {
            for field in resource.fields where field.priority != nil { add(field.key) }
        }
        if !columns.isEmpty { add(.backend) }
        self.columns = columns
        usualColumns = columns
        for resource in resources {
            for field in resource.fields where field.priority == nil { add(field.key) }
        }
        available = columns
        groupings = usual.groupings.compactMap { key in
            resources.lazy.compactMap { $0.fields.first { $0.key == key } }.first.map { PaneColumn($0) }
        }
        if order.isEmpty { order = columns.first.map { [SortKey($0.key)] } ?? [] }
    }
}

extension FieldKey {
    /// The column that says which backend a row comes from.
    public static let backend: FieldKey = "backend"
}

/// One column of a pane.
public struct PaneColumn: Sendable, Hashable {
    /// The field that it shows.
    public let key: FieldKey
    /// The heading.
    public let title: String
    /// What it holds.
    public let type: FieldType
    /// The columns of the terminal that it would like: least and most.
    public let width: ClosedRange<Int>
    /// Whether the operator set the width: then it does not follow from what is in the column.
    let isWidthChosen: Bool
    /// Lower stays longer when the screen is narrow.
    public let priority: Int

    /// The same column as the operator wants it.
    init(_ column: PaneColumn, width: Int?, priority: Int) {
        key = column.key
        title = column.title
        type = column.type
        self.width = width.map { $0...$0 } ?? column.width
        isWidthChosen = width != nil
        self.priority = priority
    }

    init(_ field: Field) {
        key = field.key
        title = field.title
        type = field.type
        width = max(1, min(field.width.lowerBound, field.width.upperBound))...field.width.upperBound
        isWidthChosen = false
        priority = field.priority ?? 9
    }
}

extension Pane {
    /// The same rows under another name.
    func renamed(_ name: PaneName) -> Pane { Pane(name, self) }

    private init(_ name: PaneName, _ other: Pane) {
        self.name = name
        kinds = other.kinds
        columns = other.columns
        available = other.available
        usualColumns = other.usualColumns
        sticky = other.sticky
        order = other.order
        groupings = other.groupings
    }

    /// The same with room for the names of several backends in their column.
    func naming(backendsIn width: Int) -> Pane {
        func widened(_ columns: [PaneColumn]) -> [PaneColumn] {
            columns.map { column in
                guard column.key == .backend, !column.isWidthChosen else { return column }
                let least = column.width.lowerBound
                let field = Field(
                    .backend, column.title, column.type, width: least...max(column.width.upperBound, width),
                    priority: column.priority)
                return PaneColumn(field)
            }
        }
        var pane = self
        pane.columns = widened(columns)
        pane.usualColumns = widened(usualColumns)
        pane.available = widened(available)
        return pane
    }

    /// The same with a column in front that heads each group of rows, and stays.
    func grouped(by key: FieldKey) -> Pane {
        guard let heading = groupings.first(where: { $0.key == key }) else { return self }
        var pane = self
        let isSticky = columns.prefix(sticky).contains { $0.key == key }
        pane.columns = [PaneColumn(heading, width: nil, priority: 0)] + columns.filter { $0.key != key }
        pane.sticky = isSticky ? sticky : sticky + 1
        return pane
    }
}
