import CLinux
import Glibc

/// Records what a dashboard writes while a story is lived, and replays it over slow lines: `Keys NOCTURNE --lines`.
///
/// The story is lived once at the speed of a pseudo-terminal, with `--low-bandwidth` and without beside each other; what
/// a line makes of it follows from the times and sizes of the writes. So the line slows nothing down there: a real
/// one of 9600 baud leaves out frames while it is behind.
enum Lines {
    /// Bytes a second of 9600 baud: ten bits a byte.
    private static let serial = 960.0
    /// Seconds to a server far away and back.
    private static let roundTrip = 0.3

    static func run(_ nocturne: String, home: String, seconds: Int = Story.seconds) throws {
        for name in ["usual", "sparing"] { mkdir("\(home)/\(name)", 0o700) }
        let usual = try Watched("usual", [nocturne, "--demo", "--seed", "5"], home: home + "/usual")
        let sparing = try Watched(
            "--low-bandwidth", [nocturne, "--demo", "--seed", "5", "--low-bandwidth"], home: home + "/sparing"
        )
        let programs = [usual, sparing]
        var recordings = [Recording](repeating: Recording(), count: 2)
        let start = ContinuousClock.now
        func now() -> Double { (ContinuousClock.now - start) / .seconds(1) }
        var waiting = Story.keys[...]
        while now() < Double(seconds) {
            while let next = waiting.first, next.at <= now() {
                waiting.removeFirst()
                for place in programs.indices {
                    recordings[place].keys.append(now())
                    programs[place].send(next.keys)
                }
            }
            let due = min(waiting.first?.at ?? .infinity, Double(seconds))
            _ = clinux_wait(programs.map(\.descriptor), 2, Int64(max(0, due - now()) * 1e9) + 1)
            for place in programs.indices {
                let bytes = programs[place].take()
                if bytes > 0 { recordings[place].writes.append((now(), bytes)) }
            }
        }
        for (program, recording) in zip(programs, recordings) {
            // Ctrl-L writes all of the screen.
            let whole = program.type("\u{0C}", silence: 300).bytes
            report(program.name, recording, whole: whole, minutes: Double(seconds) / 60)
            program.end()
        }
    }

    private static func report(_ name: String, _ recording: Recording, whole: Int, minutes: Double) {
        let bytes = recording.writes.reduce(0) { $0 + $1.bytes }
        let frames = recording.frames
        print("\(name): \(Int(Double(bytes) / minutes)) bytes a minute in \(frames.count) frames")
        tell("as it is", recording, frames.map { ($0.at, $0.bytes) }, minutes)
        tell(
            "with \(whole) bytes for each of these frames", recording, frames.map { ($0.at, whole) }, minutes)
    }

    private static func tell(
        _ name: String, _ recording: Recording, _ frames: [(at: Double, bytes: Int)], _ minutes: Double
    ) {
        let bytes = frames.reduce(0) { $0 + $1.bytes }
        let share = Double(bytes) / minutes / 60 / serial
        let slow = recording.delays(of: frames, bytesPerSecond: serial, roundTrip: 0)
        let far = recording.delays(of: frames, bytesPerSecond: 1_000_000, roundTrip: roundTrip)
        print(
            "  \(name): \(Int((share * 100).rounded())) % of 9600 baud; a key is drawn after"
                + " \(words(slow)) ms there, \(words(far)) ms over 300 ms")
    }

    /// The median, what one of twenty exceeds, and the worst.
    private static func words(_ delays: [Double]) -> String {
        let sorted = delays.sorted().map { Int(($0 * 1_000).rounded()) }
        guard let worst = sorted.last else { return "?" }
        return "\(sorted[sorted.count / 2]) / \(sorted[sorted.count * 95 / 100]) / \(worst)"
    }
}

/// What was typed and written, in seconds since the start.
struct Recording {
    var keys: [Double] = []
    var writes: [(at: Double, bytes: Int)] = []

    /// Writes that came together.
    var frames: [(at: Double, bytes: Int)] {
        var frames: [(at: Double, bytes: Int)] = []
        var last = -1.0
        for write in writes {
            if write.at - last < 0.005, !frames.isEmpty {
                frames[frames.count - 1].bytes += write.bytes
            } else {
                frames.append(write)
            }
            last = write.at
        }
        return frames
    }

    /// How long each key waits on a line until the first frame behind it is whole on the screen, in seconds.
    func delays(
        of frames: [(at: Double, bytes: Int)], bytesPerSecond: Double, roundTrip: Double
    ) -> [Double] {
        var isFree = 0.0
        var arrivals: [(at: Double, whole: Double)] = []
        for frame in frames {
            isFree = max(isFree, frame.at) + Double(frame.bytes) / bytesPerSecond
            arrivals.append((frame.at, isFree))
        }
        return keys.compactMap { key in
            // A key that changes nothing has no frame of its own.
            guard let frame = arrivals.first(where: { $0.at >= key }), frame.at - key < 0.5 else {
                return nil
            }
            return frame.whole - key + roundTrip
        }
    }
}
