import Domain
import Testing

@Suite("Rows that refer to an entity")
struct ReferringRowTests {
    @Test("a row that names an entity in two fields is found once, in the table's order")
    func twice() {
        let resource = ResourceDescriptor(
            .bond, plural: "bonds", pane: .bonds,
            fields: [
                Field(.name, "Name", .text), Field("primary", "Primary", .ref(.aggregator)),
                Field("current", "Current", .ref(.aggregator)),
            ], interval: 60)
        let backend = BackendID(0)
        func node(_ id: Int64) -> EntityRef { EntityRef(backend, .aggregator, id: id) }
        var builder = TableBuilder(resource, backend)
        for (bond, primary, current) in [(1, 8, 7), (2, 7, 7), (3, 8, 8), (4, 7, 8)]
            as [(Int64, Int64, Int64)]
        {
            builder.begin(EntityRef(backend, .bond, id: bond))
            builder.set(0, text: "bond \(bond)")
            builder.set(1, ref: node(primary), name: "agg \(primary)")
            builder.set(2, ref: node(current), name: "agg \(current)")
        }
        let table = builder.finish()
        #expect(table.rows(referringTo: node(7)).map { table.refs[$0].id } == ["1", "2", "4"])
        #expect(table.rows(referringTo: node(9)) == [])
    }
}
