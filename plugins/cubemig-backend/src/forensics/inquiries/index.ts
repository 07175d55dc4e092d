export { InquiryService } from './InquiryService';
export { InquiryStore } from './InquiryStore';
