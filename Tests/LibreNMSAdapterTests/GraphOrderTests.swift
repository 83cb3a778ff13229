import Testing

@testable import LibreNMSAdapter

@Suite("The list of graphs of a device")
struct GraphOrderTests {
    private func arranged(_ graphs: [(String, String)]) -> [GraphOrder.Graph] {
        GraphOrder.arranged(graphs.map { GraphOrder.Graph(type: $0.0, title: $0.1) })
    }

    @Test(
        "what says most of a device comes first, what is said of the poller last, the rest as the server has it"
    )
    func order() {
        let graphs = arranged([
            ("device_poller_perf", "Poller Time"), ("device_uptime", "System Uptime"),
            ("device_bits", "Device Traffic"),
            ("device_hr_users", "Users Logged In"), ("device_ping_perf", "Ping Response"),
        ])
        #expect(
            graphs.map(\.type) == [
                "device_ping_perf", "device_bits", "device_uptime", "device_hr_users", "device_poller_perf",
            ])
    }

    @Test("two graphs of one title are told apart")
    func titles() {
        let graphs = arranged([
            ("device_ping_perf", "Ping Response"), ("device_icmp_perf", "Ping Response"),
            ("device_bits", "Traffic"),
        ])
        #expect(graphs.map(\.title) == ["Ping Response (ping perf)", "Ping Response (icmp perf)", "Traffic"])
        #expect(Set(graphs.map(\.title)).count == graphs.count)
    }
}
