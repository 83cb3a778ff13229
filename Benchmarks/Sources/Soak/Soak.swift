import CLinux
import Foundation
import Simulator

/// Lets a wallboard live for a day of its own clock among servers that come and go, and says what it cost.
@main
enum Soak {
    static func main() async throws {
        let plan = Plan()
        if CommandLine.arguments.dropFirst().first == "serve" { return try await Servers.run(plan) }
        // As the program itself begins.
        clinux_memory_share()
        let directory = FileManager.default.temporaryDirectory.appending(path: "soak-\(getpid())").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let provider = try Provider()
        defer { provider.stop() }
        let wall = try Wall(provider.servers, at: World.usualOrigin, in: directory)
        run(plan, provider, wall)
        wall.close()
    }

    private static func run(_ plan: Plan, _ provider: Provider, _ wall: Wall) {
        var report = Report(plan)
        var traffic = Traffic()
        var size = "80×24"
        let start = ContinuousClock.now
        for second in stride(from: 0, to: plan.seconds, by: plan.step) {
            let servers = provider.servers.count
            let due = (second..<second + plan.step).flatMap { plan.happenings(at: $0, servers: servers) }
            for happening in due {
                switch happening {
                case .fault(let place, let fault): provider.order("fault \(place) \(fault ?? "")")
                case .listen(let place, let isOn): provider.order("listen \(place) \(isOn ? "yes" : "no")")
                case .sleep(let seconds): wall.clock.advance(by: seconds)
                case .setClock(let seconds): wall.clock.set(by: seconds)
                case .size(let width, let height):
                    report.repaint(wall.resize(width, height))
                    size = "\(width)×\(height)"
                    traffic.restart()
                }
            }
            wall.clock.advance(by: plan.step)
            provider.order("at \(wall.clock.truth)")
            let end = start + .seconds(plan.pace * Double(second + plan.step))
            traffic.count(wall.run(until: end), in: plan.step, at: size)
            // Always at the same size of the terminal: a frame of 200×60 is larger.
            if size == "80×24", second % 60 < plan.step { report.sample(Reading.resident) }
            if 1_500..<1_500 + plan.step ~= second % 3_600 {
                report.note(
                    second + plan.step, Reading.now(wall.directory), real: ContinuousClock.now - start)
            }
        }
        report.finish(traffic, real: ContinuousClock.now - start, effects: wall.runner.started)
    }
}
