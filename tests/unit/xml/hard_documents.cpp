#include "unit/xml/hard_documents.hpp"

namespace pes::test {

std::vector<std::string> hard_documents() {
  return {
      "<r xmlns:a='urn:1'><a:x xmlns:a='urn:2'><a:y xmlns:a='urn:1'/></a:x></r>",
      "<r xmlns='urn:d'><x xmlns=''><y xmlns='urn:d'><z xmlns='urn:e'/></y></x></r>",
      "<a:r xmlns:a='urn:1' xmlns='urn:1'><b/><a:b/></a:r>",
      "<r xmlns:a='urn:1' xmlns:b='urn:1'><x a:V='1' b:W='2' b:A='3'/></r>",
      "<r xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><x><y xsi:nil='true'/></x></r>",
      "<r xml:lang='fr' xml:space='preserve' xml:id='i'><x xml:lang=''/></r>",
      "<xml:r/>",
      "<r>a&#13;&#10;b\r\nc\rd&#9;e\tf</r>",
      "<r V='a\r\nb\rc\td\ne'/>",
      "<r>&#x1F600;&#128512;&#233;&#x20AC;</r>",
      "<r><![CDATA[]]></r>",
      "<r><![CDATA[]]]]><![CDATA[>]]></r>",
      "<?xml version='1.0' encoding='ISO-8859-1'?><r V='\xE9\x80'>\xE9\x9F\x85</r>",
      "<?xml version='1.0' encoding='UTF-8'?><r V='é😀'>\xC2\x85\xE2\x80\xA8</r>",
      "<?xml version='1.0' encoding='windows-1252'?><r V='\x80'>\x9C</r>",
      "<r><?p\ta?b ? ?><?p?></r>",
      "<?before?><r/><!-- after --><?after?>",
      "<r\n  b='2'\n  a='1'\n></r\n>",
      "<r><e/><e></e><e>   </e></r>",
      "<Été xmlns:é='urn:e'><é:à é:ù='1'/></Été>",
      "<r><!--a--><x>1<!-- b\r\nc\rd -->2</x><!----></r>",
      "<?xml version='1.0' encoding='ISO-8859-1'?><r><!-- \xE9\x80\r --></r>",
  };
}

}  // namespace pes::test
