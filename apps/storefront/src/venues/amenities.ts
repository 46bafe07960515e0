import { type Language, useLocale } from '@marquee/app-kit/text';

const WORDS: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<string, string>>>> = {
  de: {
    'Step-free access': 'Stufenloser Zugang',
    'Wheelchair access': 'Rollstuhlgerecht',
    'Hearing loop': 'Induktionsschleife',
    Bar: 'Bar',
    Café: 'Café',
    'Car park': 'Parkplatz',
    'Bicycle stands': 'Fahrradständer',
    Cloakroom: 'Garderobe',
  },
  hi: {
    'Step-free access': 'बिना सीढ़ी प्रवेश',
    'Wheelchair access': 'व्हीलचेयर सुविधा',
    'Hearing loop': 'श्रवण लूप',
    Bar: 'बार',
    Café: 'कैफ़े',
    'Car park': 'कार पार्किंग',
    'Bicycle stands': 'साइकिल स्टैंड',
    Cloakroom: 'सामान कक्ष',
  },
};

/** Amenities, which the catalog has in English, in the page's language. */
export function useAmenityName(): (amenity: string) => string {
  const { language } = useLocale().locale;
  return (amenity) => (language === 'en' ? amenity : (WORDS[language][amenity] ?? amenity));
}
