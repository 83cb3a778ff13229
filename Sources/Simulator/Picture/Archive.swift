/// Archives of one file as PKZIP makes them, without compression.
enum Archive {
    static func zip(_ name: String, _ data: [UInt8]) -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }
        let size = number(data.count, 4)
        // Version, flags, method, time and date, checksum, both sizes, and how long the name is.
        let entry =
            number(20, 2) + number(0, 4) + number(0x5a21_0000, 4) + number(Int(Raster.checksum(data)), 4)
            + size
            + size + number(name.utf8.count, 2) + number(0, 2)
        let local = number(0x0403_4b50, 4) + entry + Array(name.utf8) + data
        let directory =
            number(0x0201_4b50, 4) + number(20, 2) + entry + number(0, 14) + Array(name.utf8)
        return local + directory + number(0x0605_4b50, 4) + number(0, 4) + number(1, 2) + number(1, 2)
            + number(directory.count, 4) + number(local.count, 4) + number(0, 2)
    }
}
