import Foundation
import Glibc

/// What this process holds at a moment.
struct Reading: Sendable {
    /// Kilobytes in memory that are its own.
    var resident = 0
    /// The least of an hour.
    var least = 0
    /// Open files.
    var files = 0
    /// Threads.
    var threads = 0
    /// Bytes in the files that it writes.
    var written = 0

    /// Looks.
    ///
    /// - Parameter directory: where its files are.
    static func now(_ directory: String) -> Reading {
        var reading = Reading()
        reading.resident = resident
        reading.threads = status("Threads")
        let manager = FileManager.default
        reading.files = (try? manager.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        for path in manager.enumerator(atPath: directory)?.compactMap({ $0 as? String }) ?? [] {
            let facts = try? manager.attributesOfItem(atPath: "\(directory)/\(path)")
            reading.written += (facts?[.size] as? NSNumber)?.intValue ?? 0
        }
        return reading
    }

    /// Kilobytes in memory that are this process' own.
    static var resident: Int { status("RssAnon") }

    private static func status(_ name: String) -> Int {
        for line in text("/proc/self/status").split(separator: "\n") where line.hasPrefix("\(name):") {
            return line.split(whereSeparator: { " \t:".contains($0) }).lazy.compactMap { Int($0) }.first ?? 0
        }
        return 0
    }

    private static func text(_ path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }
}

/// The bytes that went to the terminal, by its size.
struct Traffic: Sendable {
    private(set) var bytes: [String: Int] = [:]
    private(set) var seconds: [String: Int] = [:]
    /// The most that any twenty simulated seconds brought, by size, the repaint after a resize left out.
    private(set) var burst: [String: Int] = [:]
    private var window: [Int] = []

    mutating func count(_ count: Int, in time: Int, at size: String) {
        bytes[size, default: 0] += count
        seconds[size, default: 0] += time
        window.append(count)
        let length = max(1, 20 / time)
        if window.count > length { window.removeFirst() }
        if window.count == length { burst[size] = max(burst[size] ?? 0, window.reduce(0, +)) }
    }

    /// A repaint is none of what a running screen costs.
    mutating func restart() { window = [] }
}
