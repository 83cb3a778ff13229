import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
@testable import Filter
import Testing

@Suite("Rows of several kinds in one pane")
struct MixedColumnTests {
    private static let pon = ResourceDescriptor(
        "pon", plural: "pons", pane: .ports,
        fields: [
            Field(.status, "STATUS", .state, width: 4...10, priority: 0),
            Field(.device, "DEVICE", .ref(.device), width: 12...36, priority: 0),
            Field(.name, "PORT", .text, width: 8...24, priority: 0),
            Field("online", "ONLINE", .integer, width: 4...8, priority: 1),
            Field("offline", "OFFLINE", .integer, width: 4...8, priority: 1),
        ], interval: 600)

    private static func pons(_ count: Int, status: String = "up", device: String = "OLT02") -> Table {
        var builder = TableBuilder(pon, World.access)
        for id in 0..<count {
            builder.begin(EntityRef(World.access, "pon", id: "0/\(id)"))
            builder.set(0, text: status)
            builder.set(1, ref: World.device(World.access, 12), name: device)
            builder.set(2, text: "PON 0/\(id)")
            builder.set(3, integer: Int64(id))
            builder.set(4, integer: 1)
        }
        return builder.finish()
    }

    private func pane(_ tables: [Table], page: Int) throws -> PaneState {
        let pane = try #require(
            Pane.all(for: [Offer.port, Self.pon], backendWidth: 6).first { $0.name == .ports })
        var state = PaneState(pane)
        let request = Arrangement.Request(
            tables: tables, order: [SortKey(.device), SortKey(.name)],
            context: FilterContext(now: World.wall))
        _ = state.show(try #require(Arrangement.make(request)), page: page, isSettled: true, known: tables)
        return state
    }

    private func titles(_ pane: PaneState) -> [String] { pane.visiblePane.columns.map(\.title) }

    @Test("ports of switches have no columns of a PON while no PON is on the screen, and the other way round")
    func screen() throws {
        // Devices sort after OLT02: first the PONs, then the ports of the switches.
        var state = try pane([World.ports(World.core), Self.pons(20)], page: 10)
        #expect(titles(state).contains("IN") && !titles(state).contains("ONLINE"))
        #expect(state.wholePane.columns.map(\.title).contains("ONLINE"))
        state.moveCursor(to: .max, page: 10)
        #expect(titles(state).contains("ONLINE") && !titles(state).contains("IN"))
        for title in ["STATUS", "DEVICE", "PORT", "Backend"] { #expect(titles(state).contains(title)) }
    }

    @Test("where both are on the screen, the columns are those of the kind that most rows are of, never all")
    func mixed() throws {
        let ports = World.ports(World.core)
        for pons in [0, 1, 10, 39, 40, 41, 80] {
            let state = try pane([ports, Self.pons(pons)], page: 200)
            let (isPort, isPON) = (titles(state).contains("IN"), titles(state).contains("ONLINE"))
            #expect(isPort == (pons <= 40) && isPON == (pons >= 40), "\(pons)")
        }
    }

    @Test(
        "no column that no row on the screen can have a value in is shown, whatever the mixture",
        arguments: Seeds.of(60))
    func property(seed: UInt64) throws {
        var random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func number(_ range: Range<Int>) -> Int {
            random ^= random << 13
            random ^= random >> 7
            random ^= random << 17
            return range.lowerBound + Int(random % UInt64(range.count))
        }
        let device = ["OLT02", "mad1-core-rtr01", "zzz"][number(0..<3)]
        let page = number(1..<60)
        var state = try pane(
            [World.ports(World.core), Self.pons(number(0..<90), device: device)], page: page)
        state.moveCursor(to: number(0..<130), page: page)
        let layout = ColumnLayout(state, width: number(40..<400))
        let shown = state.top..<min(state.top + page, state.arrangement.count)
        for placed in layout.placed where placed.column.key != .backend {
            let isThere = shown.contains {
                let table = state.arrangement.table($0)
                return table.resource.index(of: placed.column.key) != nil
            }
            #expect(isThere, "seed \(seed): \(placed.column.title)")
        }
    }

    @Test("a cell that a kind of rows has not is blank, not unknown")
    func blank() throws {
        let state = try pane([World.ports(World.core), Self.pons(40)], page: 200)
        let desk = Desk().state
        let height = state.arrangement.count + 1
        var frame = Frame(size: Size(160, height), sheet: desk.theme.sheet, style: Theme.style(.text))
        TablePicture(desk, state, width: 160).draw(in: &frame, Rect(0, 0, 160, height))
        #expect(!frame.textLines().contains { $0.contains(" – ") })
    }
}
