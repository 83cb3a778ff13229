import AdapterKit
import Dashboard
import Domain
import Filter
import Runtime

/// Which rows are printed and in which order, as the options say it.
struct RowChoice {
    var filter: String?
    var sort: String?

    /// Filters and sorts.
    ///
    /// - Parameters:
    ///   - offered: resources whose fields may be named although none of the tables is of them.
    ///   - usual: what passes where no filter is given.
    ///   - doubles: rows that another one stands for; nil prints all.
    func arrangement(
        of tables: [Table], besides offered: [ResourceDescriptor], usual: FilterExpression = .everything,
        without doubles: Doubles? = nil, _ network: Network
    ) throws -> Arrangement {
        let names = network.plans.map(\.name)
        let vocabulary = FilterVocabulary(
            tables.map(\.resource) + offered, backends: names, isStrict: true)
        let expression = try filter.map { try FilterExpression.option($0, vocabulary) } ?? usual
        let order = try order(vocabulary, of: tables.map(\.resource))
        let request = Arrangement.Request(
            tables: tables, filter: expression, order: order, doubles: doubles,
            context: FilterContext(now: network.clock.wall, backends: names))
        return Arrangement.make(request) ?? .empty
    }

    /// The order that `--sort` names, else the pane's.
    func order(
        _ vocabulary: FilterVocabulary, of resources: [ResourceDescriptor]
    ) throws -> [SortKey] {
        guard let sort else { return Self.order(of: resources) }
        do throws(FilterVocabulary.UnknownField) {
            return try vocabulary.order(sort)
        } catch {
            let hint = Nearest.hint(error.name, among: vocabulary.fieldKeys.map(\.rawValue))
            throw Failure(.usage, "--sort: unknown field \"\(error.name)\"\(hint)")
        }
    }

    /// The order of the pane that shows rows of these resources, else of the first of them.
    static func order(of resources: [ResourceDescriptor]) -> [SortKey] {
        guard let first = resources.first else { return [] }
        // Rows of an API have their server's order.
        if first.kind == .collection { return first.order }
        let pane = first.pane.flatMap { name in Pane.all(for: resources).first { $0.name == name } }
        return pane?.order ?? first.order
    }
}
