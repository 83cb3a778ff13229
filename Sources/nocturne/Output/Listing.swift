import Runtime
import Domain
import Filter

/// Rows and fields to print.
struct Listing {
    /// The rows in order.
    let arrangement: Arrangement
    /// The fields in order; every row has all of them, perhaps without a value.
    let fields: [Field]
    /// The names of the backends.
    let backends: [String]
    /// When each backend's rows arrived.
    let fetchedAt: [BackendID: Timestamp]
    /// What ages count to.
    let now: Timestamp

    /// Takes the named columns, else all fields of the rows' resources.
    init(
        _ arrangement: Arrangement, columns: String?, network: Network, fetchedAt: [BackendID: Timestamp]
    ) throws {
        var all: [Field] = []
        for field in arrangement.tables.flatMap(\.resource.fields)
        where !all.contains(where: { $0.key == field.key }) {
            all.append(field)
        }
        if let columns {
            fields = try columns.split(separator: ",").map { name in
                guard let field = all.first(where: { $0.key.rawValue == name }) else {
                    let known = all.map(\.key.rawValue).joined(separator: ", ")
                    throw Failure(.usage, "--columns: there is no field \(name); there are: \(known)")
                }
                return field
            }
        } else {
            fields = all
        }
        self.arrangement = arrangement
        self.fetchedAt = fetchedAt
        backends = network.plans.map(\.name)
        now = network.clock.wall
    }

    func backend(_ table: Table) -> String {
        backends.indices.contains(Int(table.backend.index)) ? backends[Int(table.backend.index)] : ""
    }
}
