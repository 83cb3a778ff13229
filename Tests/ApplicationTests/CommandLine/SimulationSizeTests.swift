import ArgumentParser
import Testing

@testable import nocturne

@Suite("The size of a simulated network") struct SimulationSizeTests {
    private func words(_ arguments: String) -> String {
        do {
            _ = try Nocturne.parseAsRoot(arguments.split(separator: " ").map(String.init))
            return ""
        } catch { return Nocturne.message(for: error) }
    }

    @Test(
        "up to a million ports, 50 servers and 100,000 lines are taken",
        arguments: [
            "simulate --scale 1000000 --backends 50", "simulate --scale 300000", "simulate --scale 60",
            "simulate --lines 100000", "simulate --whole --backends 1", "simulate --backends 1 --scale 60",
            "get ports --demo --scale 1000000 --backends 10", "--demo --scale 500 --backends 1",
            "simulate --port 65532",
        ])
    func taken(_ line: String) {
        #expect(words(line) == "")
    }

    @Test(
        "what can't be simulated is refused, with what can, and not made smaller in silence",
        arguments: [
            ("simulate --scale 1000001", "--scale takes 60 to 1,000,000 ports, not 1,000,001"),
            ("simulate --scale 59", "--scale takes 60 to 1,000,000 ports, not 59"),
            ("--demo --scale 2000000", "--scale takes 60 to 1,000,000 ports, not 2,000,000"),
            ("simulate --lines 100001", "--lines takes 1 to 100,000 lines, not 100,001"),
            ("simulate --lines 0", "--lines takes 1 to 100,000 lines, not 0"),
            ("simulate --backends 0", "--backends takes 1 to 50 servers, not 0"),
            ("get ports --demo --backends 51", "--backends takes 1 to 50 servers, not 51"),
            ("simulate --backends 10 --scale 4999", "--backends 10 needs --scale 5000 or more"),
            ("simulate --whole --backends 2", "leave out one of --whole and --backends 2"),
            (
                "simulate --port 65533",
                "--port 65533 leaves no room for the 4 servers: the last port is 65535"
            ),
            ("simulate --port 65500 --backends 40 --scale 50000", "no room for the 42 servers"),
        ])
    func refused(_ line: String, _ reason: String) {
        #expect(words(line).contains(reason), "\(words(line))")
    }

    @Test("another run is given the same network")
    func again() throws {
        let options = try SourceOptions.parse(["--demo", "--scale", "5000", "--backends", "10"])
        #expect(options.lineOptions == ["--demo", "--scale", "5000", "--backends", "10"])
    }
}
