/// Places on Earth, ISO 6709: pairs of decimal degrees with four places or more, degrees with minutes and seconds; the pairs after their name only,
/// because maps and drawings are full of pairs.
struct CoordinatesRecognizer: Recognizer {
    let card = TypeCard("coordinates", zh: "经纬度", en: "Coordinates", .location)
    let rules: [Rule] = [
        .label("-?[0-9]{1,3}\\.[0-9]{3,15} ?°?[NSEW]? ?[,，;/ ] ?-?[0-9]{1,3}\\.[0-9]{3,15} ?°?[NSEW]?", 0.88, isBounded: false) { match in
            let parts = match.text.split { !"0123456789.-".contains($0) }.compactMap { Double($0) }
            return .when(parts.count == 2 && abs(parts[0]) <= 180 && abs(parts[1]) <= 180 && min(abs(parts[0]), abs(parts[1])) <= 90, 0.88,
                "two numbers of degrees after their name", otherwise: "not degrees")
        },
        .word("[NSEWnsew]?[0-9]{1,3}° ?[0-9]{1,2}(?:\\.[0-9]+)?['′] ?(?:[0-9]{1,2}(?:\\.[0-9]{1,6})?[\"″] ?)?[NSEW北南东西]?[ ,，]{0,3}(?:[NSEW北南东西]|北纬|"
            + "南纬|东经|西经)?(?: ?[0-9]{1,3}° ?["
            + "0-9]{1,2}(?:\\.[0-9]+)?['′] ?(?:[0-9]{1,2}(?:\\.[0-9]{1,6})?[\"″] ?)?[NSEW北南东西]?)?", 0.8, "degrees, minutes and seconds", isBounded: false),
        .literal(["geo:"], "geo:-?[0-9]{1,3}\\.[0-9]{3,15},-?[0-9]{1,3}\\.[0-9]{3,15}", 0.92, "a geo address (RFC 5870)"),
        .label("[NSEWnsew东西南北]?经?纬?-?[0-9]{1,3}\\.[0-9]{4,15}°?[NSEWnsew]?", 0.7, "a number of degrees after its name"),
    ]
    let labels = [
        "坐标", "gps经纬度", "坐标位置", "坐标点", "地图坐标", "百度坐标", "高德坐标", "火星坐标", "定位信息", "位置信息", "所在位置", "打卡位置", "打卡坐标", "签到坐标", "签到位置", "起点坐标",
        "终点坐标", "停车位置", "家庭坐标", "车辆位置", "实时坐标", "经度", "纬度", "东经", "北纬", "longitude", "latitude", "lng", "lat", "lon", "gps lng", "gps lat",
        "coordinate", "coordinates", "coord", "coords", "position", "gps coordinates", "geo", "geo coordinates", "lng lat", "lnglat",
        "lon lat", "lonlat", "gis", "bd09", "gcj02", "wgs84", "jd", "wd", "jwdzb", "zuobiao",
        "经纬度坐标", "经纬度", "gps坐标", "gps定位", "gps位置", "gps", "定位坐标", "位置坐标", "地理坐标", "地理位置", "当前位置", "实时位置", "定位", "家庭位置", "轨迹点", "latlng",
        "lat lng", "lat lon", "latlon", "geo location", "geolocation", "geo point", "gps location", "location", "jwd"]
    let negativeContext: [String] = []
    let fixtures = RecognizerFixtures(
        positive: [("经纬度：119.296494,26.074508", "119.296494,26.074508"), ("GPS定位(26.0745, 119.2965)", "26.0745, 119.2965"),
            ("在26°04′28″N 119°17′47″E处", "26°04′28″N 119°17′47″E")], negative: ["119.296494,26.074508", "坐标 12.5,33.1", "温度 26°"])
}
