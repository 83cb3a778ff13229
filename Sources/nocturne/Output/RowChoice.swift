import AdapterKit
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
    func arrangement(
        of tables: [Table], besides offered: [ResourceDescriptor], usual: FilterExpression = .everything,
        _ network: Network
    ) throws -> Arrangement {
        let names = network.plans.map(\.name)
        let vocabulary = FilterVocabulary(
            tables.map(\.resource) + offered, backends: names, isStrict: true)
        let expression = try filter.map { try FilterExpression.option($0, vocabulary) } ?? usual
        var order = tables.first?.resource.order ?? []
        if let sort {
            do throws(FilterVocabulary.UnknownField) {
                order = try vocabulary.order(sort)
            } catch {
                let hint = Nearest.hint(error.name, among: vocabulary.fieldKeys.map(\.rawValue))
                throw Failure(.usage, "--sort: there is no field \(error.name)\(hint)")
            }
        }
        let request = Arrangement.Request(
            tables: tables, filter: expression, order: order,
            context: FilterContext(now: network.clock.wall, backends: names))
        return Arrangement.make(request) ?? .empty
    }
}
